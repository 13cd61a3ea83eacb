/** Gives a call up after a while, and cancels its work. */
@NullMarked
package dev.settle.policy.timeout;

import org.jspecify.annotations.NullMarked;
