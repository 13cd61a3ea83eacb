/** The live page: what calls do now, and what became of the last shutdown, in a browser. */
@NullMarked
package dev.settle.ui;

import org.jspecify.annotations.NullMarked;
