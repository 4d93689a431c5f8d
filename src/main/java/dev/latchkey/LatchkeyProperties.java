package dev.latchkey;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the whole service.
 *
 * @param baseUrl the URL at which users reach the service; optional with the embedded
 * database only
 * @param productName the name of the service in mails
 */
@ConfigurationProperties("latchkey")
record LatchkeyProperties(@Nullable String baseUrl, @DefaultValue("Latchkey") String productName) {

}
