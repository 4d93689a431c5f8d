/** Ownership transfers over HTTP. */
@NullMarked
package dev.latchkey.ownership.web;

import org.jspecify.annotations.NullMarked;
