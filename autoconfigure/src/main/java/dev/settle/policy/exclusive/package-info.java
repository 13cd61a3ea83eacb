/** Runs one call at a time for each key. */
@NullMarked
package dev.settle.policy.exclusive;

import org.jspecify.annotations.NullMarked;
