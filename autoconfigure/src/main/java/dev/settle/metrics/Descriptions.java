package dev.settle.metrics;

import java.util.Map;
import java.util.Objects;

/** What registries that show a line about each meter say of them; {@link SettleMeters} says it all. */
final class Descriptions {

    private static final Map<String, String> BY_METER = Map.ofEntries(
            Map.entry(SettleMeters.CALLS, "Calls that have ended, all attempts and waits included"),
            Map.entry(SettleMeters.ATTEMPTS, "Runs of the method that have ended"),
            Map.entry(SettleMeters.RETRIES, "What retries have made of failed attempts"),
            Map.entry(SettleMeters.WAITING, "Calls that wait now"),
            Map.entry(SettleMeters.RUNNING, "What is inside a policy now"),
            Map.entry(SettleMeters.WAIT, "Waits that have ended"),
            Map.entry(SettleMeters.REJECTIONS, "Refusals, also those that a retry has made good"),
            Map.entry(SettleMeters.TIMEOUTS, "Limits that were exceeded"),
            Map.entry(SettleMeters.LATE, "Attempts that have ended after their call had given them up"),
            Map.entry(SettleMeters.COALESCED, "Calls that have joined others before a debounced run"),
            Map.entry(SettleMeters.SHARED, "Calls that have joined others before a throttled run"),
            Map.entry(SettleMeters.JOINED, "Calls that have joined one that was going on"),
            Map.entry(SettleMeters.REPLACED, "Calls that a later one has aborted to take their place"),
            Map.entry(SettleMeters.UNOBSERVED, "Failed futures that nobody has ever looked at"),
            Map.entry(SettleMeters.ABORT, "Cleanups and tracked operations that an abort has settled"),
            Map.entry(SettleMeters.CLUSTER_AWAY, "Whether the engine that instances share does not answer: 1, else 0"),
            Map.entry(
                    SettleMeters.CLUSTER_LEASES,
                    "Locks and permits of the cluster that calls of this instance have now"),
            Map.entry(SettleMeters.CLUSTER_LOST, "Locks and permits that were lost while the call went on"),
            Map.entry(SettleMeters.CLUSTER_FAILURES, "Questions to the engine that were not answered"),
            Map.entry(SettleMeters.SIGNAL_LISTENERS, "What hangs on the signals that live as long as the application"));

    private Descriptions() {}

    static String of(String meter) {
        return Objects.requireNonNull(BY_METER.get(meter));
    }
}
