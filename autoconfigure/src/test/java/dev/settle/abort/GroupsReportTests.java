package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.test.VirtualTime;
import org.junit.jupiter.api.Test;

/** The groups as they are seen from outside, before and during an abort. */
class GroupsReportTests {

    private final VirtualTime time = new VirtualTime();
    private final AsyncAbortController controller = AsyncAbortController.builder()
            .time(this.time)
            .executor(Runnable::run)
            .build();
    private final AbortGroup orders = this.controller.phase(10).nextGroup("orders");
    private final AbortGroup mails = this.controller.phase(5).nextGroup("mails");

    private GroupReport group(String name) {
        return group(name, 10);
    }

    private GroupReport group(String name, int mostEntries) {
        return this.controller.groups(10, mostEntries).groups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isInTheOrderInWhichTheyWillSettle() {
        assertThat(this.controller.groups(10, 10).groups())
                .extracting(GroupReport::name)
                .containsSubsequence("orders", "mails");
    }

    @Test
    void tellsOfEachWhereItStands() {
        this.orders.nextGroup("invoices");

        GroupReport report = group("invoices");

        assertThat(report.parent()).isEqualTo("orders");
        assertThat(report.phase()).isEqualTo(10);
        assertThat(report.priority()).isEqualTo(2);
        assertThat(report.state()).isEqualTo(GroupReport.State.OPEN);
    }

    @Test
    void tellsWhatIsPendingFirst() {
        HandCleanup quick = new HandCleanup();
        HandCleanup slow = new HandCleanup();
        this.orders.onAbort("quick", quick);
        this.orders.onAbort("slow", slow);
        this.controller.abortAsync();
        quick.finish();

        GroupReport report = group("orders");

        assertThat(report.state()).isEqualTo(GroupReport.State.ABORTING);
        assertThat(report.pending()).isOne();
        assertThat(report.entries()).extracting(AbortReport.Entry::name).containsExactly("slow", "quick");
        assertThat(report.more()).isZero();
        slow.finish();
    }

    @Test
    void showsSoManyEntriesAndCountsTheOthers() {
        this.orders.onAbort("first", new HandCleanup());
        this.orders.onAbort("second", new HandCleanup());
        this.orders.onAbort("third", new HandCleanup());

        GroupReport report = group("orders", 2);

        assertThat(report.entries()).hasSize(2);
        assertThat(report.more()).isOne();
        assertThat(report.pending()).isEqualTo(3);
    }

    @Test
    void showsTheGroupsWithPendingWorkBeforeIdleOnesAndCountsTheOthers() {
        int all = this.controller.groups(10, 10).groups().size();
        this.mails.onAbort("mail", new HandCleanup());

        GroupsReport report = this.controller.groups(1, 10);

        assertThat(report.groups()).extracting(GroupReport::name).containsExactly("mails");
        assertThat(report.more()).isEqualTo(all - 1);
    }

    @Test
    void whatHasSettledIsSaidToHave() {
        HandCleanup cleanup = new HandCleanup();
        this.mails.onAbort("mail", cleanup);
        this.controller.abortAsync();

        assertThat(group("orders").state()).isEqualTo(GroupReport.State.SETTLED);
        cleanup.finish();
    }

    @Test
    void howManyListenIsCountedForAllSignals() {
        long before = this.controller.listening();

        this.controller.signal().onAbort(reason -> {});
        this.controller.phase(10).signal().onAbort(reason -> {});
        this.controller.shutdownRequested().onAbort(reason -> {});

        assertThat(this.controller.listening()).isEqualTo(before + 3);
    }
}
