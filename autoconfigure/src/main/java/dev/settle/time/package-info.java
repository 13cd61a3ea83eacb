/** The one source of time, and the threads that run what becomes due. */
@NullMarked
package dev.settle.time;

import org.jspecify.annotations.NullMarked;
