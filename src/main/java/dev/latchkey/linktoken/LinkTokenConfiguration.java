package dev.latchkey.linktoken;

import java.util.List;
import java.util.Optional;

import dev.latchkey.outage.Outages;
import dev.latchkey.reactive.PeriodicTask;
import dev.latchkey.shared.PublicUrl;
import dev.latchkey.shared.StartupException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Wires the tokens of mailed links and their keys.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LinkProperties.class)
class LinkTokenConfiguration {

	@Bean(destroyMethod = "dispose")
	Scheduler linkKeyScheduler() {
		return Schedulers.newBoundedElastic(1, 1, "link-keys");
	}

	/**
	 * The configured keys, otherwise the default keys, which exist in the single-machine
	 * setup only.
	 */
	@Bean
	ReloadingLinkKeys reloadingLinkKeys(LinkProperties properties, Optional<LinkKeys> defaultKeys,
			Environment environment) {
		return new ReloadingLinkKeys(keys(properties, defaultKeys),
				SettingSource.of(LinkKeyParser.SETTING, environment));
	}

	@Bean
	PeriodicTask linkKeyReloadTask(ReloadingLinkKeys keys, LinkProperties properties,
			@Qualifier("linkKeyScheduler") Scheduler scheduler, Outages outages) {
		return PeriodicTask.startingAfterOnePeriod(outages.ofRoundsWithoutDatabase("The reload of the link keys"),
				properties.keysRefreshInterval(), scheduler, () -> Mono.fromRunnable(keys::reload));
	}

	@Bean
	LinkTokens linkTokens(ReloadingLinkKeys keys) {
		return new LinkTokens(keys);
	}

	@Bean
	MailedLinks mailedLinks(LinkProperties properties, LinkTokens tokens, PublicUrl publicUrl) {
		return new MailedLinks(properties, tokens, publicUrl);
	}

	private static LinkKeys keys(LinkProperties properties, Optional<LinkKeys> defaultKeys) {
		List<String> keys = properties.keys();
		if (keys != null && !keys.isEmpty()) {
			return LinkKeyParser.parse(keys);
		}
		return defaultKeys.orElseThrow(() -> new StartupException("No key for the links in mails: set "
				+ LinkKeyParser.SETTING + " to 1: and 32 random bytes in base64."));
	}

}
