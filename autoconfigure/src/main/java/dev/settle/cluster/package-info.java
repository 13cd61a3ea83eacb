/** Instances of an application that count together: the engine they share, and what a call asks of it. */
@org.jspecify.annotations.NullMarked
package dev.settle.cluster;
