/** Sessions and password resets over HTTP, and the access rules for all routes. */
@NullMarked
package dev.latchkey.session.web;

import org.jspecify.annotations.NullMarked;
