/** Quotes: asked for, accepted, stored, and written to the outbox. */
@NullMarked
package dev.settle.sample.quotes;

import org.jspecify.annotations.NullMarked;
