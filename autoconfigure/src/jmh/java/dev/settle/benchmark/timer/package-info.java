/** Group B: timers that are armed for every call and hardly ever fire. */
@NullMarked
package dev.settle.benchmark.timer;

import org.jspecify.annotations.NullMarked;
