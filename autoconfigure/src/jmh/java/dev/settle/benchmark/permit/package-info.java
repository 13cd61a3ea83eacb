/** Group C: permits, and those who wait for them. */
@NullMarked
package dev.settle.benchmark.permit;

import org.jspecify.annotations.NullMarked;
