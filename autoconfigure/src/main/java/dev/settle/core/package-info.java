/** One call on its way through its policies. */
@NullMarked
package dev.settle.core;

import org.jspecify.annotations.NullMarked;
