/** Sign-up over HTTP. */
@NullMarked
package dev.latchkey.user.web;

import org.jspecify.annotations.NullMarked;
