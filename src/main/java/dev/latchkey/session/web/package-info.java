/** Sessions and password resets over HTTP, and the guard in front of every route. */
@NullMarked
package dev.latchkey.session.web;

import org.jspecify.annotations.NullMarked;
