package dev.settle.cluster.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The owner of a lock dies, or stands still for longer than its lease. */
class LostOwnerTests {

    private static final Duration LEASE = Duration.ofSeconds(2);

    private static Redis redis;
    private static InstanceProcess other;

    @BeforeAll
    static void start() throws Exception {
        redis = Redis.start();
        other = instance();
    }

    private static InstanceProcess instance() throws Exception {
        return new InstanceProcess(redis, "settle.cluster.lease-time=" + LEASE.toSeconds() + "s").ready();
    }

    @AfterAll
    static void stop() {
        other.close();
        redis.close();
    }

    @Test
    void anotherGoesOnWhenTheLeaseOfOneThatWasKilledHasEnded() throws Exception {
        InstanceProcess owner = instance();
        owner.tell("held");
        long token = Long.parseLong(owner.await("HOLDING"));
        other.tell("token");

        long killed = System.nanoTime();
        owner.kill();
        long next = Long.parseLong(other.await("HOLDING"));

        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(LEASE.plusSeconds(1));
        assertThat(next).isGreaterThan(token);
        other.await("DONE");
    }

    @Test
    void ownerThatStoodStillFindsThatItHasLostTheLockAndIsRefusedByAFencedStore() throws Exception {
        FencedStore store = new FencedStore();
        InstanceProcess owner = instance();
        owner.tell("held");
        long token = Long.parseLong(owner.await("HOLDING"));
        store.write(token, "of the first owner");

        owner.freeze();
        other.tell("token");
        long next = Long.parseLong(other.await("HOLDING"));
        other.await("DONE");
        store.write(next, "of the next owner");
        owner.thaw();

        assertThat(owner.await("LOST")).contains(Long.toString(token)).contains("LeaseLostException");
        assertThat(store.write(token, "too late")).isFalse();
        assertThat(store.value()).isEqualTo("of the next owner");
        owner.kill();
    }

    /** A store that keeps the greatest token it has seen. */
    private static final class FencedStore {

        private long greatest;
        private String value = "";

        boolean write(long token, String written) {
            if (token < this.greatest) {
                return false;
            }
            this.greatest = token;
            this.value = written;
            return true;
        }

        String value() {
            return this.value;
        }
    }
}
