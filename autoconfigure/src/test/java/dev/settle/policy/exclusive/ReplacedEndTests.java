package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Listeners;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.core.HandWork;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Steps;
import dev.settle.test.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What replaces others goes as it came: nothing of it is left. */
class ReplacedEndTests {

    private final HandWork work = new HandWork();
    private final Mutex mutex = Mutex.unkeyed(OnConflict.REPLACE, new VirtualTime());
    private final PlannedMethod method = PlannedMethod.with(this.mutex);

    private CompletableFuture<String> call(String name) {
        return this.method.start(() -> this.work.start(name));
    }

    @Test
    void withoutKeysACallThatHasEndedIsNotReplacedEither() {
        call("Ann");
        this.work.end("Ann");

        call("Bob");

        assertThat(this.method.events()).doesNotContain(ExclusiveEvent.REPLACED);
        this.work.end("Bob");
    }

    @Test
    void aCallThatHasWaitedForTheEndOfTheOneBeforeIsReplacedAsAnyOther() {
        this.method.start(() -> this.work.startStubborn("Ann"));
        CompletableFuture<String> second = call("Bob");
        this.work.end("Ann");

        call("Cid");

        assertThat(second).isCancelled();
        assertThat(this.work.started()).containsExactly("Ann", "Bob", "Cid");
        this.work.end("Cid");
    }

    @Test
    void aCallThatHasEndedLeavesNothingWithTheSignalAroundIt() {
        List<Integer> hanging = new ArrayList<>();
        PlannedMethod watched = PlannedMethod.with(
                Steps.policy((call, next) -> {
                    CompletableFuture<Object> inside = next.start(call);
                    hanging.add(Listeners.on(call.signal()));
                    return inside.whenComplete((value, failure) -> hanging.add(Listeners.on(call.signal())));
                }),
                this.mutex);
        watched.start(() -> this.work.start("Ann"));

        this.work.end("Ann");

        assertThat(hanging).containsExactly(1, 0);
    }
}
