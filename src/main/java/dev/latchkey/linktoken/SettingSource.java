package dev.latchkey.linktoken;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;

/**
 * Determines whether a setting was read from a file.
 */
final class SettingSource {

	private SettingSource() {
	}

	/**
	 * The file that a setting was read from.
	 * @return empty if the value comes from another source, such as an environment
	 * variable, which takes precedence over a file
	 */
	static Optional<Path> of(String setting, Environment environment) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(setting);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null || source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
				return Optional.ofNullable(property)
					.filter((found) -> source.getUnderlyingSource() instanceof ConfigTreePropertySource)
					.flatMap(SettingSource::file);
			}
		}
		return Optional.empty();
	}

	private static Optional<Path> file(ConfigurationProperty property) {
		Origin origin = property.getOrigin();
		Origin inner = (origin instanceof PropertySourceOrigin outer) ? outer.getOrigin() : origin;
		Resource resource = (inner instanceof TextResourceOrigin text) ? text.getResource() : null;
		try {
			return (resource != null) ? Optional.of(resource.getFile().toPath()) : Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}
