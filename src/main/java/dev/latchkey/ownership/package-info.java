/** The transfer of ownership from the owner of an account to one of its members. */
@NullMarked
package dev.latchkey.ownership;

import org.jspecify.annotations.NullMarked;
