/** What servlet and reactive web applications share: the deadline in a header, and what failures look like to a client. */
@NullMarked
package dev.settle.web;

import org.jspecify.annotations.NullMarked;
