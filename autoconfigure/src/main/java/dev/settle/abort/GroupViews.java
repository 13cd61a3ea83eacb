package dev.settle.abort;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Chooses what of many groups is shown, before anything is copied that is not. */
final class GroupViews {

    private GroupViews() {}

    static GroupsReport of(Collection<Group> groups, int most, int mostEntries) {
        Comparator<Group> order = Comparator.comparing(Group::rank);
        List<GroupReport> shown = groups.stream()
                .map(group -> new Counted(group, group.pending() == 0))
                .sorted(Comparator.comparing(Counted::idle).thenComparing(Counted::group, order))
                .limit(most)
                .map(Counted::group)
                .sorted(order)
                .map(group -> group.view(mostEntries))
                .toList();
        return new GroupsReport(shown, groups.size() - shown.size());
    }

    /** Asked once for each group, because it changes meanwhile. */
    private record Counted(Group group, boolean idle) {}
}
