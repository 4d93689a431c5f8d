/** How a replica stops: it drains, closes its streams, and finishes its work. */
@NullMarked
package dev.latchkey.shutdown;

import org.jspecify.annotations.NullMarked;
