/** Runs the plan of a method around its invocation. */
@NullMarked
package dev.settle.advice;

import org.jspecify.annotations.NullMarked;
