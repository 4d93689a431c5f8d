/** The transfer of an account from its owner to one of its members. */
@NullMarked
package dev.latchkey.ownership;

import org.jspecify.annotations.NullMarked;
