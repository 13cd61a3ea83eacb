/** Group G: what becomes of calls in flight when the application closes. */
@NullMarked
package dev.settle.benchmark.shutdown;

import org.jspecify.annotations.NullMarked;
