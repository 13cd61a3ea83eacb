package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.core.HandWork;
import dev.settle.core.PlannedMethod;
import dev.settle.test.VirtualTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a mutex tells of itself. */
class ExclusiveStateTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();

    @Test
    void withoutKeysItIsWhetherTheLockIsHeldAndHowManyWait() {
        Mutex mutex = Mutex.unkeyed(OnConflict.WAIT, this.time);
        PlannedMethod method = PlannedMethod.with(mutex);
        assertThat(mutex.step().state()).isEqualTo(Map.of("held", 0L, "waiting", 0L));

        method.start(() -> this.work.start("Ann"));
        method.start(() -> this.work.start("Bob"));

        assertThat(mutex.step().state()).isEqualTo(Map.of("held", 1L, "waiting", 1L));
        this.work.end("Ann");
        assertThat(mutex.step().state()).isEqualTo(Map.of("held", 1L, "waiting", 0L));
        this.work.end("Bob");
        assertThat(mutex.step().state()).isEqualTo(Map.of("held", 0L, "waiting", 0L));
    }

    @Test
    void withKeysItIsHowManyKeysThereAre() {
        Mutex mutex = Mutex.keyed(OnConflict.WAIT, this.time);
        PlannedMethod method = PlannedMethod.with(mutex);

        Mutex.call(method, "EUR", this.work, "Ann");
        Mutex.call(method, "EUR", this.work, "Bob");
        Mutex.call(method, "USD", this.work, "Cid");

        assertThat(mutex.step().state()).isEqualTo(Map.of("keys", 2L));
    }
}
