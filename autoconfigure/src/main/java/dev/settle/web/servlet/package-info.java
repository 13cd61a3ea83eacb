/** The abort signal of a request to a servlet, and what is asked of the container besides. */
@NullMarked
package dev.settle.web.servlet;

import org.jspecify.annotations.NullMarked;
