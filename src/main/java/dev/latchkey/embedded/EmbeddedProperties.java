package dev.latchkey.embedded;

import dev.latchkey.shared.SettingChecks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the embedded database.
 *
 * @param directory the folder of all persistent files, relative to the working directory
 * @param port the port on 127.0.0.1, 0 for any free one
 */
@ConfigurationProperties("latchkey.embedded")
record EmbeddedProperties(@DefaultValue(".latchkey") String directory, @DefaultValue("0") int port) {

	EmbeddedProperties {
		SettingChecks.require(!directory.isBlank(), "latchkey.embedded.directory must name a directory.");
		SettingChecks.requireBetween("latchkey.embedded.port", port, 0, 65_535);
	}

}
