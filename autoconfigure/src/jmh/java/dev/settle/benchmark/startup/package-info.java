/** Group E: what a library adds to the start of an application. */
@NullMarked
package dev.settle.benchmark.startup;

import org.jspecify.annotations.NullMarked;
