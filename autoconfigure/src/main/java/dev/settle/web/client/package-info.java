/** Tells the next service how long the caller still waits. */
@NullMarked
package dev.settle.web.client;

import org.jspecify.annotations.NullMarked;
