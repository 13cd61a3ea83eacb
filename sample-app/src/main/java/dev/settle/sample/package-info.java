/** A currency desk: asks faulty rate providers through Settle, and shuts down in order. */
@NullMarked
package dev.settle.sample;

import org.jspecify.annotations.NullMarked;
