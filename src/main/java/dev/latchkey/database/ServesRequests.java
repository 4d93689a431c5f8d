package dev.latchkey.database;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless this process only migrates: it then has no web server, no periodic jobs
 * and no connection pool.
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
