/** Concurrency in plain code: many items, groups of tasks, channels, pages, resources and work in the background. */
@NullMarked
package dev.settle.flow;

import org.jspecify.annotations.NullMarked;
