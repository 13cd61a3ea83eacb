/** Annotations and properties become an ordered plan for each method. */
@NullMarked
package dev.settle.plan;

import org.jspecify.annotations.NullMarked;
