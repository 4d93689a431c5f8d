/**
 * Building blocks for reactive pipelines: periodic tasks, signals and uncancellable work.
 */
@NullMarked
package dev.latchkey.reactive;

import org.jspecify.annotations.NullMarked;
