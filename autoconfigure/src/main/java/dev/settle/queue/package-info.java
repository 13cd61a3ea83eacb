/** Who waits in line, and what is kept for each key. */
@NullMarked
package dev.settle.queue;

import org.jspecify.annotations.NullMarked;
