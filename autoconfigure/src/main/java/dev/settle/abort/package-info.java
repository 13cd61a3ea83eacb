/** Signals, groups and the controller: cancellation and ordered shutdown, usable without Spring. */
@NullMarked
package dev.settle.abort;

import org.jspecify.annotations.NullMarked;
