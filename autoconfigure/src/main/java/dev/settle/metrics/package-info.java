/** Metrics and observations of calls, for Micrometer. */
@NullMarked
package dev.settle.metrics;

import org.jspecify.annotations.NullMarked;
