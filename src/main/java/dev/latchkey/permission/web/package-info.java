/** The permission catalogue over HTTP. */
@NullMarked
package dev.latchkey.permission.web;

import org.jspecify.annotations.NullMarked;
