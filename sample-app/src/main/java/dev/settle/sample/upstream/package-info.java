/** The rate providers: a small faulty server on a port of its own. */
@NullMarked
package dev.settle.sample.upstream;

import org.jspecify.annotations.NullMarked;
