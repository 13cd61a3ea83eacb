package dev.settle.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A key as the engine and as callers know it.
 *
 * @param text the same in each instance, and unique within the engine
 * @param shown the key of the call; null where there are no keys
 */
record EngineKey(String text, @Nullable Object shown) {}
