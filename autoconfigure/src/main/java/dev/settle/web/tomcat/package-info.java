/** Finds out what Tomcat does not say by itself: that a client has gone, or takes nothing more. */
@NullMarked
package dev.settle.web.tomcat;

import org.jspecify.annotations.NullMarked;
