/** Carries a call's signal through Kotlin's coroutines. */
@NullMarked
package dev.settle.kotlin;

import org.jspecify.annotations.NullMarked;
