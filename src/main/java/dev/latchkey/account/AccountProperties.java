package dev.latchkey.account;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How accounts come to be.
 *
 * @param createdByPeople whether a signed-in user may create one; otherwise only the
 * system behind the portal does
 */
@ConfigurationProperties("latchkey.accounts")
public record AccountProperties(@DefaultValue("true") boolean createdByPeople) {

}
