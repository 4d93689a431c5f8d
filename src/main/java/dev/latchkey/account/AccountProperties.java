package dev.latchkey.account;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of accounts.
 *
 * @param selfServiceCreation whether signed-in users may create accounts
 */
@ConfigurationProperties("latchkey.accounts")
record AccountProperties(@DefaultValue("true") boolean selfServiceCreation) {

}
