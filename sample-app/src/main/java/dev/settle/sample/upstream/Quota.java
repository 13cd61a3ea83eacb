package dev.settle.sample.upstream;

import java.time.Duration;

/**
 * What a provider takes from one client.
 *
 * @param requests how many in any window
 * @param window how long a window is
 */
record Quota(int requests, Duration window) {}
