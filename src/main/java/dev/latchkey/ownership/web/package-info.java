/** The transfer of an account over HTTP. */
@NullMarked
package dev.latchkey.ownership.web;

import org.jspecify.annotations.NullMarked;
