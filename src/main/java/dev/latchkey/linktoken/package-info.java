/** The secret tokens in mailed links, and the keys that they are derived from. */
@NullMarked
package dev.latchkey.linktoken;

import org.jspecify.annotations.NullMarked;
