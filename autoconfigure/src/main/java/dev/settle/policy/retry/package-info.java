/** Tries a failed call again. */
@NullMarked
package dev.settle.policy.retry;

import org.jspecify.annotations.NullMarked;
