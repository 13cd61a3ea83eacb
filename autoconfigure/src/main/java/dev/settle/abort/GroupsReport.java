package dev.settle.abort;

import java.util.List;

/**
 * The groups, as they are at some moment.
 *
 * @param groups in the order in which they settle
 * @param more how many there are beside those
 */
public record GroupsReport(List<GroupReport> groups, int more) {

    /** Creates a report. */
    public GroupsReport {
        groups = List.copyOf(groups);
    }
}
