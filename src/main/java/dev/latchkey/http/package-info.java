/** How this service speaks HTTP: problems, bodies, conditions, limits. */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
