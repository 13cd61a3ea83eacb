package dev.settle.cluster.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.cluster.Lease;
import dev.settle.cluster.LeaseRequest;
import dev.settle.cluster.RateDecision;
import dev.settle.cluster.RateRequest;
import dev.settle.core.Failures;
import dev.settle.core.Results;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.config.Config;

/** The engine against a server. */
class RedissonEngineTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static Redis redis;
    private static RedissonClient one;
    private static RedissonClient other;

    private final RedissonEngine engine = new RedissonEngine(() -> one);
    private final RedissonEngine elsewhere = new RedissonEngine(() -> other);

    @BeforeAll
    static void start() {
        redis = Redis.start();
        one = client();
        other = client();
    }

    private static RedissonClient client() {
        Config config = new Config();
        config.setLazyInitialization(true);
        config.useSingleServer().setAddress(redis.address()).setConnectionMinimumIdleSize(1);
        return Redisson.create(config);
    }

    @AfterAll
    static void stop() {
        one.shutdown();
        other.shutdown();
        redis.close();
    }

    private static LeaseRequest lock(String key, Duration wait, Duration time) {
        return new LeaseRequest(key, true, 1, wait, time);
    }

    private static LeaseRequest permit(String key, int permits) {
        return new LeaseRequest(key, false, permits, Duration.ZERO, LONG);
    }

    private static <T> T get(java.util.concurrent.CompletionStage<T> stage) throws Exception {
        return Results.await(stage.toCompletableFuture());
    }

    @Test
    void aLockIsHadByOneCallWhateverThreadItComesFrom() throws Exception {
        Lease first = get(this.engine.acquire(lock("one", Duration.ZERO, LONG)));

        assertThat(first).isNotNull();
        assertThat((Lease) get(this.engine.acquire(lock("one", Duration.ZERO, LONG))))
                .isNull();
        assertThat((Lease) get(this.elsewhere.acquire(lock("one", Duration.ZERO, LONG))))
                .isNull();

        get(first.release());
        assertThat((Lease) get(this.elsewhere.acquire(lock("one", Duration.ZERO, LONG))))
                .isNotNull();
    }

    @Test
    void whoWaitsGetsTheLockWhenItComesBack() throws Exception {
        Lease first = get(this.engine.acquire(lock("waiting", Duration.ZERO, LONG)));
        CompletableFuture<? extends Lease> second = this.elsewhere
                .acquire(lock("waiting", Duration.ofSeconds(20), LONG))
                .toCompletableFuture();

        get(first.release());

        assertThat(Results.await(second)).isNotNull();
    }

    @Test
    void tokensGrowFromOneOwnerToTheNext() throws Exception {
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Lease lease = get((i % 2 == 0 ? this.engine : this.elsewhere).acquire(lock("token", Duration.ZERO, LONG)));
            tokens.add(lease.fencingToken().orElseThrow());
            get(lease.release());
        }

        assertThat(tokens).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aLeaseThatIsNotRenewedEndsByItself() throws Exception {
        Lease lost = get(this.engine.acquire(lock("lost", Duration.ZERO, Duration.ofMillis(50))));
        Lease next = get(this.elsewhere.acquire(lock("lost", Duration.ofSeconds(20), LONG)));

        assertThat(next).isNotNull();
        assertThat(get(lost.renew())).isFalse();
        assertThat(next.fencingToken().orElseThrow())
                .isGreaterThan(lost.fencingToken().orElseThrow());
        assertThat(get(next.renew())).isTrue();
    }

    @Test
    void releaseOfALostLeaseTakesItFromNobody() throws Exception {
        Lease lost = get(this.engine.acquire(lock("taken", Duration.ZERO, Duration.ofMillis(50))));
        Lease next = get(this.elsewhere.acquire(lock("taken", Duration.ofSeconds(20), LONG)));

        Results.until(lost.release().toCompletableFuture()::isDone);

        assertThat(get(next.renew())).isTrue();
    }

    @Test
    void soManyPermitsAndNoMore() throws Exception {
        List<Lease> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(get((i % 2 == 0 ? this.engine : this.elsewhere).acquire(permit("permits", 3))));
        }
        assertThat(held).doesNotContainNull();
        assertThat((Lease) get(this.engine.acquire(permit("permits", 3)))).isNull();
        assertThat(get(held.get(0).renew())).isTrue();

        get(held.get(1).release());

        assertThat((Lease) get(this.elsewhere.acquire(permit("permits", 3)))).isNotNull();
    }

    @Test
    void numberOfPermitsIsThatOfWhoAsks() throws Exception {
        List<Lease> held = new ArrayList<>();
        held.add(get(this.engine.acquire(permit("tuned", 2))));
        held.add(get(this.engine.acquire(permit("tuned", 2))));
        assertThat((Lease) get(this.elsewhere.acquire(permit("tuned", 2)))).isNull();

        held.add(get(this.elsewhere.acquire(permit("tuned", 3))));
        assertThat(held).doesNotContainNull();
        assertThat((Lease) get(this.engine.acquire(permit("tuned", 1)))).isNull();
        get(held.get(0).release());
        get(held.get(1).release());
        assertThat((Lease) get(this.engine.acquire(permit("tuned", 1))))
                .as("one is still held")
                .isNull();
        get(held.get(2).release());

        assertThat((Lease) get(this.engine.acquire(permit("tuned", 1)))).isNotNull();
    }

    @Test
    void twoEnginesOfOneClientHaveOwnersOfTheirOwn() throws Exception {
        RedissonEngine second = new RedissonEngine(() -> one);

        assertThat((Lease) get(this.engine.acquire(lock("shared", Duration.ZERO, LONG))))
                .isNotNull();
        assertThat((Lease) get(second.acquire(lock("shared", Duration.ZERO, LONG))))
                .isNull();
    }

    @Test
    void whatTheServerHasAgainstAKeyIsNoReasonToThinkThatItIsAway() throws Exception {
        get(one.getBucket("a text").setAsync("no lock"));

        Throwable failure = Failures.unwrap(Results.awaitFailure(
                this.engine.acquire(lock("a text", Duration.ZERO, LONG)).toCompletableFuture()));

        assertThat(this.engine.isAway(failure)).as("%s", failure).isFalse();
        assertThat(this.engine.isAway(new RedisTimeoutException("too late"))).isTrue();
        assertThat(this.engine.isAway(new RedisConnectionException("refused"))).isTrue();
        assertThat(this.engine.isAway(new IllegalStateException("closed"))).isTrue();
        assertThat(this.engine.isAway(new RedisException("wrapped", new ConnectException("refused"))))
                .isTrue();
        assertThat(this.engine.isAway(new RedisOutOfMemoryException("OOM"))).isFalse();
    }

    @Test
    void soManyStartsInAWindowAndThenHowLongItIsToTheNext() throws Exception {
        RateRequest request = new RateRequest("rate", 3, Duration.ofMinutes(1));
        for (int i = 0; i < 3; i++) {
            assertThat(get((i % 2 == 0 ? this.engine : this.elsewhere).consume(request)))
                    .isEqualTo(RateDecision.ALLOWED);
        }

        RateDecision refused = get(this.elsewhere.consume(request));

        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(20), Duration.ofMinutes(1));
    }

    @Test
    void aStartCountsNoMoreWhenTheWindowHasPassed() throws Exception {
        RateRequest request = new RateRequest("short", 1, Duration.ofMillis(20));
        get(this.engine.consume(request));

        Results.until(() ->
                this.elsewhere.consume(request).toCompletableFuture().join().allowed());
    }
}
