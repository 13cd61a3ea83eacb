/** Virtual time for tests of code that waits. */
@NullMarked
package dev.settle.test;

import org.jspecify.annotations.NullMarked;
