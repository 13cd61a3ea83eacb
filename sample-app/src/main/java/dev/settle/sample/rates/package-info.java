/** The client of the rate providers. */
@NullMarked
package dev.settle.sample.rates;

import org.jspecify.annotations.NullMarked;
