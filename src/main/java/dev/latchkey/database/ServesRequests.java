package dev.latchkey.database;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Holds unless this process is only there to migrate: then there is no server, no loop
 * and no pool.
 */
public class ServesRequests implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return isIn(context.getEnvironment());
	}

	static boolean isIn(Environment environment) {
		return !MigrationMode.ONLY.name().equalsIgnoreCase(environment.getProperty(MigrationMode.SETTING, "").strip());
	}

}
