/** What one more entry costs when there are many. */
@NullMarked
package dev.settle.benchmark.growth;

import org.jspecify.annotations.NullMarked;
