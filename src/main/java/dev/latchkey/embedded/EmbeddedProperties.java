package dev.latchkey.embedded;

import dev.latchkey.shared.StartupFailure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the database of a single machine lives.
 *
 * @param directory the folder with everything that must survive, relative to the working
 * directory
 * @param port the port on 127.0.0.1, 0 for any free one
 */
@ConfigurationProperties("latchkey.embedded")
record EmbeddedProperties(@DefaultValue(".latchkey") String directory, @DefaultValue("0") int port) {

	EmbeddedProperties {
		if (directory.isBlank()) {
			throw new StartupFailure("latchkey.embedded.directory names a folder.");
		}
		if (port < 0 || port > 65535) {
			throw new StartupFailure("latchkey.embedded.port is a number from 0 to 65535.");
		}
	}

}
