/** The annotations users type. */
@NullMarked
package dev.settle.annotation;

import org.jspecify.annotations.NullMarked;
