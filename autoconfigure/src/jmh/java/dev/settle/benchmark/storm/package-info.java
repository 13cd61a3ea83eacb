/** Group F: many calls that fail and are retried at the same time. */
@NullMarked
package dev.settle.benchmark.storm;

import org.jspecify.annotations.NullMarked;
