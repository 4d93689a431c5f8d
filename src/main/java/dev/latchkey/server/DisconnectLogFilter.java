package dev.latchkey.server;

import java.util.Set;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Suppresses the warnings that libraries log, with an address, whenever a client
 * disconnects. Other connection errors are logged without the address.
 */
class DisconnectLogFilter extends TurboFilter implements InitializingBean {

	private static final org.slf4j.Logger ownLogger = LoggerFactory.getLogger(DisconnectLogFilter.class);

	private static final String SERVER_TRANSPORT = "reactor.netty.transport.ServerTransport";

	private static final Set<String> FILTERED = Set.of(SERVER_TRANSPORT, "reactor.core.publisher.Operators");

	@Override
	public void afterPropertiesSet() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			context.addTurboFilter(this);
		}
	}

	@Override
	public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
			Object @Nullable [] arguments, @Nullable Throwable error) {
		if (error == null || !level.isGreaterOrEqual(Level.WARN) || !FILTERED.contains(logger.getName())) {
			return FilterReply.NEUTRAL;
		}
		if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
			return FilterReply.DENY;
		}
		if (logger.getName().equals(SERVER_TRANSPORT)) {
			ownLogger.error("A connection failed", error);
			return FilterReply.DENY;
		}
		return FilterReply.NEUTRAL;
	}

}
