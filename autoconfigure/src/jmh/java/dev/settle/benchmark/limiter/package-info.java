/** Group D: limits of a rate. */
@NullMarked
package dev.settle.benchmark.limiter;

import org.jspecify.annotations.NullMarked;
