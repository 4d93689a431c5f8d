/**
 * Tests of the Kubernetes manifests.
 */
@NullMarked
package dev.latchkey.kubernetes;

import org.jspecify.annotations.NullMarked;
