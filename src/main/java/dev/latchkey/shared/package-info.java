/** Words that every feature speaks; plain Java, no framework. */
@NullMarked
package dev.latchkey.shared;

import org.jspecify.annotations.NullMarked;
