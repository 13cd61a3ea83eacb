/** Ties the controller and the calls to the phases of Spring's shutdown. */
@NullMarked
package dev.settle.lifecycle;

import org.jspecify.annotations.NullMarked;
