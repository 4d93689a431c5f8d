/**
 * A model of the accounts, members and invitations in plain Java, and the test that
 * compares the service with it.
 */
@NullMarked
package dev.latchkey.model;

import org.jspecify.annotations.NullMarked;
