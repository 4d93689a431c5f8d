/** The OpenAPI document and the page that shows it. */
@NullMarked
package dev.latchkey.docs;

import org.jspecify.annotations.NullMarked;
