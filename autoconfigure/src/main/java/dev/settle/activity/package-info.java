/** What the calls of each name are doing: counted for those who look from outside, and some of them watched one by one. */
@NullMarked
package dev.settle.activity;

import org.jspecify.annotations.NullMarked;
