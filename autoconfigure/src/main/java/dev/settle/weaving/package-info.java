/** Runs plans where no proxy stands: in woven code, for calls of an object to itself and for objects that are no beans. */
@NullMarked
package dev.settle.weaving;

import org.jspecify.annotations.NullMarked;
