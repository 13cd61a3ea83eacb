/** Waits for a pause in the calls, and runs once for all of them. */
@NullMarked
package dev.settle.policy.debounce;

import org.jspecify.annotations.NullMarked;
