/** A person's login: one address, one name, one password; sign-up by a mailed link. */
@NullMarked
package dev.latchkey.user;

import org.jspecify.annotations.NullMarked;
