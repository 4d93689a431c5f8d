/**
 * Users: a login has one address, one name and one password. Sign-up by a mailed link.
 */
@NullMarked
package dev.latchkey.user;

import org.jspecify.annotations.NullMarked;
