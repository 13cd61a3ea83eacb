/** Measurements that each need a JVM of their own. */
@NullMarked
package dev.settle.benchmark.process;

import org.jspecify.annotations.NullMarked;
