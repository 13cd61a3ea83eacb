/** The abort signal of a request to a reactive web application. */
@NullMarked
package dev.settle.web.reactive;

import org.jspecify.annotations.NullMarked;
