package dev.latchkey.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Errors that come when nobody waits for a result any more. That a client has hung up is
 * none to be alarmed by; everything else is told as loudly as Reactor tells it.
 */
class DroppedErrors implements InitializingBean {

	private static final Logger logger = LoggerFactory.getLogger(DroppedErrors.class);

	@Override
	public void afterPropertiesSet() {
		Hooks.onErrorDropped(DroppedErrors::tell);
	}

	private static void tell(Throwable error) {
		if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
			logger.debug("A client has hung up: {}", error.toString());
		}
		else {
			logger.error("An error came when nobody waited any more", error);
		}
	}

}
