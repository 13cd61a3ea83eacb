package dev.settle.actuate;

import dev.settle.abort.AbortReport;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.GroupReport;
import dev.settle.abort.GroupsReport;
import dev.settle.actuate.AbortGroupsReport.EntryView;
import dev.settle.actuate.AbortGroupsReport.GroupView;
import dev.settle.lifecycle.AbortPhases;
import dev.settle.time.Nanos;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows the groups of the {@link AsyncAbortController}, with what is pending and for how long; lets the application drain,
 * and take calls again. Only reading is allowed unless {@code management.endpoint.abortgroups.access} is
 * {@code unrestricted}.
 */
@Endpoint(id = "abortgroups", defaultAccess = Access.READ_ONLY)
public class AbortGroupsEndpoint {

    static final int MOST_GROUPS = 200;
    static final int MOST_ENTRIES = 100;

    private static final int MOST_FRAMES = 5;

    private final AsyncAbortController controller;

    /** Creates the endpoint. */
    public AbortGroupsEndpoint(AsyncAbortController controller) {
        this.controller = controller;
    }

    /** All groups. */
    @ReadOperation
    public AbortGroupsReport groups() {
        GroupsReport groups = this.controller.groups(MOST_GROUPS, MOST_ENTRIES);
        return new AbortGroupsReport(
                state(),
                this.controller.inFlight().size(),
                groups.groups().stream().map(AbortGroupsEndpoint::group).toList(),
                groups.more());
    }

    private String state() {
        if (this.controller.shutdownRequested().aborted()) {
            return "stopping";
        }
        return this.controller.inFlight().closed() ? "draining" : "open";
    }

    /**
     * Refuses new calls, or takes them again. It does not wait for the calls in flight: their number is in the answer, here
     * and when it is read again.
     *
     * @param action {@code drain} or {@code reopen}
     */
    @WriteOperation
    public AbortGroupsReport change(@Nullable String action) {
        switch ((action == null) ? "" : action) {
            case "drain" -> drain();
            case "reopen" -> reopen();
            default ->
                throw Problem.badRequest(
                        (action == null) ? "action is missing" : "there is no action '" + action + "'",
                        "Write {\"action\": \"drain\"} or {\"action\": \"reopen\"}");
        }
        return groups();
    }

    /** Once: each drain would have a future of its own until the end. */
    private void drain() {
        if (!this.controller.inFlight().closed()) {
            this.controller.drainAsync();
        }
    }

    private void reopen() {
        if (this.controller.shutdownRequested().aborted()) {
            throw Problem.badRequest(
                    "the application is stopping, and takes no calls any more", "Start the application again");
        }
        this.controller.reopen();
    }

    private static GroupView group(GroupReport group) {
        return new GroupView(
                group.name(),
                group.parent(),
                group.phase(),
                AbortPhases.nameOf(group.phase()),
                group.priority(),
                word(group.state()),
                group.pending(),
                group.entries().stream().map(AbortGroupsEndpoint::entry).toList(),
                group.more());
    }

    private static EntryView entry(AbortReport.Entry entry) {
        return new EntryView(
                entry.name(),
                word(entry.outcome()),
                Nanos.words(entry.elapsed()),
                (entry.failure() == null) ? null : entry.failure().getClass().getName(),
                entry.frames().stream()
                        .limit(MOST_FRAMES)
                        .map(StackTraceElement::toString)
                        .toList());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
