/** Calls while somebody looks at the live page, and while nobody does. */
@NullMarked
package dev.settle.benchmark.live;

import org.jspecify.annotations.NullMarked;
