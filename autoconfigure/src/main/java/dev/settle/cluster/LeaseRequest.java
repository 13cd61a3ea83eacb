package dev.settle.cluster;

import java.time.Duration;

/**
 * A question for a lease.
 *
 * @param key what it is for, unique within the engine
 * @param fenced whether it is a lock, of which there is one, with a fencing token; else one of {@code permits}
 * @param permits how many leases of that key there may be at a time
 * @param maxWait how long to wait for it, a second at most; zero: not at all
 * @param time how long it holds unless it is renewed
 */
public record LeaseRequest(String key, boolean fenced, int permits, Duration maxWait, Duration time) {}
