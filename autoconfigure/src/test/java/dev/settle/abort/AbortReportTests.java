package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.abort.AbortReport.Entry;
import dev.settle.abort.AbortReport.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AbortReportTests {

    private final IOException broken = new IOException("broken");
    private final TimeoutException tooLong = new TimeoutException("too long");
    private final Entry pending = line("pending", Outcome.PENDING, null);
    private final Entry completed = line("completed", Outcome.COMPLETED, null);
    private final Entry failed = line("failed", Outcome.FAILED, this.broken);
    private final Entry timedOut = line("timed out", Outcome.TIMED_OUT, this.tooLong);
    private final Entry removed = line("removed", Outcome.REMOVED, null);
    private final Entry late = line("late", Outcome.LATE, null);

    private static Entry line(String name, Outcome outcome, Throwable failure) {
        return new Entry(name, "group", outcome, Duration.ZERO, failure, null, List.of());
    }

    private static AbortReport report(Entry... entries) {
        return new AbortReport(true, Duration.ofSeconds(1), List.of(entries));
    }

    @Test
    void pendingIsWhatHasNotEnded() {
        AbortReport report = report(this.completed, this.pending, this.failed, this.timedOut, this.removed, this.late);

        assertThat(report.pending()).containsExactly(this.pending);
    }

    @Test
    void failuresAreWhatFailedOrRanOutOfTime() {
        AbortReport report = report(this.completed, this.failed, this.pending, this.timedOut, this.removed, this.late);

        assertThat(report.failures()).containsExactly(this.failed, this.timedOut);
    }

    @Test
    void lateEntryThatFailedIsAFailure() {
        Entry lateAndBroken = line("late and broken", Outcome.LATE, this.broken);

        assertThat(report(lateAndBroken).failures()).containsExactly(lateAndBroken);
    }

    @Test
    void countsTellHowManyOfEach() {
        AbortReport report = report(this.completed, this.failed, this.completed, this.late);

        assertThat(report.counts()).isEqualTo(Map.of(Outcome.COMPLETED, 2L, Outcome.FAILED, 1L, Outcome.LATE, 1L));
    }

    @Test
    void goodReportThrowsNothingAndIsReturned() {
        AbortReport report = report(this.completed, this.removed, this.late);

        assertThat(report.orThrow()).isSameAs(report);
    }

    @Test
    void badReportThrowsOneExceptionThatTellsOfAll() {
        Throwable thrown = catchThrowable(
                () -> report(this.completed, this.failed, this.timedOut).orThrow());

        assertThat(thrown)
                .isInstanceOf(AbortFailedException.class)
                .hasMessage("Not settled well: failed (group): FAILED, timed out (group): TIMED_OUT")
                .hasCause(this.broken)
                .hasSuppressedException(this.tooLong);
    }

    @Test
    void oneFailureOfTwoEntriesIsNotSuppressedToo() {
        Throwable thrown = catchThrowable(() -> report(this.failed, this.failed).orThrow());

        assertThat(thrown).hasCause(this.broken).hasNoSuppressedExceptions();
    }

    @Test
    void entriesCannotBeChanged() {
        List<Entry> entries = new ArrayList<>(List.of(this.completed));
        AbortReport report = new AbortReport(true, Duration.ZERO, entries);

        entries.clear();

        assertThat(report.entries()).containsExactly(this.completed);
        assertThat(catchThrowable(() -> report.entries().clear())).isInstanceOf(UnsupportedOperationException.class);
    }
}
