package dev.settle.sample.upstream;

/**
 * What a provider has seen.
 *
 * @param refused answered 429, because the quota was used up
 * @param faulted answered 503, reset, or left hanging
 * @param abandoned closed by the client before there was an answer
 * @param waiting open now
 */
record ProviderStatus(
        String name,
        Faults faults,
        long requests,
        long answered,
        long refused,
        long faulted,
        long abandoned,
        int waiting) {}
