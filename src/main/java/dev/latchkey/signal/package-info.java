/** How news travels between the threads of one replica. */
@NullMarked
package dev.latchkey.signal;

import org.jspecify.annotations.NullMarked;
