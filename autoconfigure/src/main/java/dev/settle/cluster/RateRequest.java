package dev.settle.cluster;

import java.time.Duration;

/**
 * A question for one start.
 *
 * @param key what it is for, unique within the engine
 * @param limit how many may start in any window
 * @param window the window, on the engine's clock
 */
public record RateRequest(String key, int limit, Duration window) {}
