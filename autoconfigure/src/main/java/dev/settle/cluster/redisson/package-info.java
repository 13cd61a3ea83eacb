/** The engine that instances share, on Redis or Valkey. */
@org.jspecify.annotations.NullMarked
package dev.settle.cluster.redisson;
