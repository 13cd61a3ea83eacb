/** The abort signal of a request to a servlet. */
@NullMarked
package dev.settle.web.servlet;

import org.jspecify.annotations.NullMarked;
