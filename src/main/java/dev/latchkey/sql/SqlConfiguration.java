package dev.latchkey.sql;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.r2dbc.convert.R2dbcCustomConversions;
import org.springframework.data.r2dbc.dialect.PostgresDialect;

/**
 * Wires how repositories read rows.
 */
@Configuration(proxyBeanMethods = false)
class SqlConfiguration {

	@Bean
	R2dbcCustomConversions rowConversions(List<RowConverter<?>> converters) {
		return R2dbcCustomConversions.of(PostgresDialect.INSTANCE, converters);
	}

}
