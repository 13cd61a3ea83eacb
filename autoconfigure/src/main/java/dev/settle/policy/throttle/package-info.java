/** Limits how many calls start in a window of time. */
@NullMarked
package dev.settle.policy.throttle;

import org.jspecify.annotations.NullMarked;
