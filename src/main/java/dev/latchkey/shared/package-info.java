/** Value types and exceptions that all modules use; plain Java without a framework. */
@NullMarked
package dev.latchkey.shared;

import org.jspecify.annotations.NullMarked;
