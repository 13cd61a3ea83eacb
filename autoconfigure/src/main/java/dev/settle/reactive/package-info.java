/** Calls whose outcome is what a subscriber gets: Reactor's types, and all that can be made one of them. */
@NullMarked
package dev.settle.reactive;

import org.jspecify.annotations.NullMarked;
