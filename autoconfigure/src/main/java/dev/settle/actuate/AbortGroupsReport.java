package dev.settle.actuate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What {@code GET /actuator/abortgroups} answers, and {@code POST} when it has done what it was asked for.
 *
 * @param state {@code open}, {@code draining} when new calls are refused, or {@code stopping} when shutdown has begun
 * @param inFlight the calls and tracked operations now going on
 * @param groups the groups in the order in which they settle; each names the one that it was made from. Two hundred at most:
 *     those with something pending before others
 * @param more how many there are beside those
 */
public record AbortGroupsReport(String state, int inFlight, List<GroupView> groups, int more)
        implements OperationResponseBody {

    /**
     * One group.
     *
     * @param name its name
     * @param parent the group that it was made from; missing for the root
     * @param phase the phase of Spring's lifecycle in which it settles; higher ones first
     * @param phaseName what the log calls it: the name of the constant of {@link dev.settle.lifecycle.AbortPhases}, or the number
     * @param priority the order among the groups of a phase; lower ones first
     * @param state {@code open}, {@code aborting} or {@code settled}
     * @param pending how many of its cleanups and operations have not ended
     * @param entries its cleanups and operations, those that are pending first; a hundred at most
     * @param more how many there are beside those
     */
    public record GroupView(
            String name,
            @Nullable String parent,
            int phase,
            String phaseName,
            int priority,
            String state,
            int pending,
            List<EntryView> entries,
            int more) {}

    /**
     * A cleanup, or a tracked operation.
     *
     * @param name its name
     * @param outcome {@code pending}, {@code completed}, {@code failed}, {@code timed_out}, {@code removed} or {@code late}
     * @param elapsed how long it took, or has been running; zero for what has not begun
     * @param failure the type of what it has failed with; missing when it has not
     * @param at where the thread of a pending cleanup is, innermost first; five frames at most
     */
    public record EntryView(
            String name,
            String outcome,
            String elapsed,
            @Nullable String failure,
            List<String> at) {}
}
