/** Limits how many calls run at once. */
@NullMarked
package dev.settle.policy.bulkhead;

import org.jspecify.annotations.NullMarked;
