/** Carries Settle's signal, and the caller's context, through Micrometer's context propagation. */
@NullMarked
package dev.settle.context;

import org.jspecify.annotations.NullMarked;
