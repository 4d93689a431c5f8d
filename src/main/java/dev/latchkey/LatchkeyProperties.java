package dev.latchkey;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the whole service goes by.
 *
 * @param baseUrl where people reach it; may be left out on one machine only
 * @param productName its name in mails
 * @param tokenKeys the keys of the links in mails, each {@code id:base64}, the signing
 * one first
 * @param secretsPoll how often the file that the keys came from is looked at
 */
@ConfigurationProperties("latchkey")
record LatchkeyProperties(@Nullable String baseUrl, @DefaultValue("Latchkey") String productName,
		@Nullable List<String> tokenKeys, @DefaultValue("15s") Duration secretsPoll) {

	LatchkeyProperties {
		if (secretsPoll.toMillis() <= 0) {
			throw new IllegalArgumentException("latchkey.secrets-poll is positive");
		}
	}

	@Override
	public String toString() {
		return "LatchkeyProperties[" + this.baseUrl + "]";
	}

}
