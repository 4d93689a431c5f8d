package dev.latchkey;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the whole service goes by.
 *
 * @param baseUrl where people reach it; may be left out on one machine only
 * @param productName its name in mails
 */
@ConfigurationProperties("latchkey")
record LatchkeyProperties(@Nullable String baseUrl, @DefaultValue("Latchkey") String productName) {

}
