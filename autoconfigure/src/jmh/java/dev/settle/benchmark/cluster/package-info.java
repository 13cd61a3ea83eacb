/** A lock that several instances share, beside the lock that it is made of. */
package dev.settle.benchmark.cluster;
