/** User-visible texts in several languages, one message bundle for each language. */
@NullMarked
package dev.latchkey.language;

import org.jspecify.annotations.NullMarked;
