/** The secret tokens of mailed links, and the keys that sign them. */
@NullMarked
package dev.latchkey.linktoken;

import org.jspecify.annotations.NullMarked;
