/** All policies at full speed for a long time. */
@NullMarked
package dev.settle.benchmark.soak;

import org.jspecify.annotations.NullMarked;
