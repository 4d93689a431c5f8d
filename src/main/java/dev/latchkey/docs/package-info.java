/** The API's document and the pages that show it. */
@NullMarked
package dev.latchkey.docs;

import org.jspecify.annotations.NullMarked;
