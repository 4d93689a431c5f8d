/** What is said to people, in the languages that there are bundles of texts for. */
@NullMarked
package dev.latchkey.language;

import org.jspecify.annotations.NullMarked;
