/** What the features count and measure with, beside Micrometer itself. */
@NullMarked
package dev.latchkey.metrics;

import org.jspecify.annotations.NullMarked;
