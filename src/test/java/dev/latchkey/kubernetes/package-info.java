/**
 * The manifests are what Kubernetes understands and what the application needs.
 */
@NullMarked
package dev.latchkey.kubernetes;

import org.jspecify.annotations.NullMarked;
