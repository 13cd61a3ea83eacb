/** What Settle costs, side by side with its peers. Compiled and run only with the profile {@code benchmarks}. */
@NullMarked
package dev.settle.benchmark;

import org.jspecify.annotations.NullMarked;
