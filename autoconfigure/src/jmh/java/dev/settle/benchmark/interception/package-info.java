/** Group A: a call through an annotated method that has nothing to do. */
@NullMarked
package dev.settle.benchmark.interception;

import org.jspecify.annotations.NullMarked;
