/** Building blocks for reactive pipelines that every module may use. */
@NullMarked
package dev.latchkey.reactive;

import org.jspecify.annotations.NullMarked;
