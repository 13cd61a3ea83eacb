package dev.settle.sample.upstream;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the upstream begins.
 *
 * @param port its port; 0: any
 * @param seed the same seed gives each provider the same faults in the same order
 * @param quota what every provider takes before it answers 429
 * @param faults how badly every provider behaves at first
 */
@ConfigurationProperties("desk.upstream")
record UpstreamProperties(int port, long seed, Quota quota, Faults faults) {}
