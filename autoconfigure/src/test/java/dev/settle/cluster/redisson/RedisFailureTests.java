package dev.settle.cluster.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Scope;
import dev.settle.autoconfigure.Startup;
import dev.settle.cluster.Cluster;
import dev.settle.cluster.LeaseRequest;
import dev.settle.core.Failures;
import dev.settle.core.Results;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The server goes away in the middle of the load, and comes back. */
class RedisFailureTests {

    private static final int LOAD = 200;

    /** More than the subscriptions that a client has by default. */
    private static final int MANY = 300;

    static class Stock {

        @Exclusive(name = "count", scope = Scope.CLUSTER, key = "#item", maxWait = "3s")
        public CompletableFuture<String> count(int item) {
            return CompletableFuture.completedFuture("counted");
        }
    }

    private static RedissonClient client(Redis redis) {
        Config config = new Config();
        config.setLazyInitialization(true);
        config.useSingleServer()
                .setAddress(redis.address())
                .setTimeout(300)
                .setRetryAttempts(1)
                .setConnectionMinimumIdleSize(1);
        return Redisson.create(config);
    }

    private static ApplicationContextRunner app(Redis redis) {
        return Startup.runner()
                .withBean(
                        RedissonClient.class,
                        () -> client(redis),
                        definition -> definition.setDestroyMethodName("shutdown"))
                .withBean(Stock.class)
                .withPropertyValues("settle.cluster.lease-time=1s", "settle.cluster.command-timeout=300ms");
    }

    private static List<CompletableFuture<String>> load(Stock stock) {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < LOAD; i++) {
            calls.add(stock.count(i % 10));
        }
        return calls;
    }

    /** Each has settled, with what it was for, or because the engine is away, or because it has waited too long. */
    private static void assertSettle(List<CompletableFuture<String>> calls) throws Exception {
        Set<String> outcomes = new TreeSet<>();
        for (CompletableFuture<String> call : calls) {
            outcomes.add(Results.await(call.handle((value, failure) -> {
                if (failure == null) {
                    return value;
                }
                Throwable cause = Failures.unwrap(failure);
                return (cause instanceof CallRejectedException refused)
                        ? refused.reason().name()
                        : cause.toString();
            })));
        }
        assertThat(outcomes).isSubsetOf("counted", "ENGINE", "WAIT_EXCEEDED");
    }

    private static void recovers(Stock stock) {
        Results.until(() -> !stock.count(0)
                .handle((value, failure) -> failure)
                .thenApply(failure -> failure != null)
                .join());
    }

    private static void duringTheLoad(Redis redis, Runnable away, Runnable back) {
        app(redis).run(context -> {
            Stock stock = context.getBean(Stock.class);
            recovers(stock);
            List<CompletableFuture<String>> before = load(stock);
            away.run();
            List<CompletableFuture<String>> meanwhile = load(stock);
            assertSettle(before);
            assertSettle(meanwhile);
            back.run();

            recovers(stock);
            assertSettle(load(stock));
            assertThat(context).hasNotFailed();
        });
    }

    @Test
    void aServerThatIsKilledAndStartedAgain() {
        try (Redis redis = Redis.start()) {
            duringTheLoad(redis, redis::stop, redis::again);
        }
    }

    @Test
    void aServerThatIsKilledAndHasKeptEverything(@TempDir Path folder) {
        try (Redis redis = Redis.startKeeping(folder)) {
            duringTheLoad(redis, redis::stop, redis::again);
        }
    }

    @Test
    void aServerThatPauses() {
        try (Redis redis = Redis.start()) {
            duringTheLoad(redis, () -> pause(redis, Duration.ofSeconds(3)), () -> {});
        }
    }

    @Test
    void lockThatTheServerGivesToNobodyAnyMoreIsGivenBack() throws Exception {
        try (Redis redis = Redis.start()) {
            RedissonClient impatient = client(redis);
            RedissonClient patient = Redisson.create(patient(redis));
            LeaseRequest request = new LeaseRequest("late", true, 1, Duration.ZERO, Duration.ofMinutes(5));
            RedissonEngine engine = new RedissonEngine(() -> impatient);
            Results.await(engine.prepare("ready").toCompletableFuture());
            pause(redis, Duration.ofSeconds(2));
            Results.awaitFailure(engine.acquire(request).toCompletableFuture());

            RedissonEngine next = new RedissonEngine(() -> patient);
            Results.until(() -> next.acquire(request).toCompletableFuture().join() != null);

            impatient.shutdown();
            patient.shutdown();
        }
    }

    private static Config patient(Redis redis) {
        Config config = new Config();
        config.useSingleServer().setAddress(redis.address()).setTimeout(30_000).setConnectionMinimumIdleSize(1);
        return config;
    }

    @Test
    void aServerThatIsThereIsNotAwayHoweverManyKeysAreWaitedFor() throws Exception {
        try (Redis redis = Redis.start()) {
            RedissonClient other = Redisson.create(patient(redis));
            RedissonEngine elsewhere = new RedissonEngine(() -> other);
            for (int i = 0; i < MANY; i++) {
                Results.await(elsewhere
                        .acquire(new LeaseRequest(
                                "application:exclusive:count:" + i, true, 1, Duration.ZERO, Duration.ofMinutes(5)))
                        .toCompletableFuture());
            }
            app(redis)
                    .withPropertyValues("settle.cluster.command-timeout=10s", "settle.cluster.lease-time=30s")
                    .run(context -> {
                        List<CompletableFuture<String>> calls = new ArrayList<>();
                        for (int i = 0; i < MANY; i++) {
                            calls.add(context.getBean(Stock.class).count(i));
                        }
                        for (CompletableFuture<String> call : calls) {
                            assertThat(Results.awaitFailure(call))
                                    .isInstanceOfSatisfying(
                                            CallRejectedException.class,
                                            refused -> assertThat(refused.reason())
                                                    .isEqualTo(CallRejectedException.Reason.WAIT_EXCEEDED));
                        }
                        assertThat(context.getBean(Cluster.class).failures()).isZero();
                    });
            other.shutdown();
        }
    }

    private static void pause(Redis redis, Duration time) {
        try (Socket socket = new Socket("127.0.0.1", redis.port())) {
            socket.getOutputStream()
                    .write(("CLIENT PAUSE " + time.toMillis() + " ALL\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('+');
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void anApplicationStartsWithoutAServer() {
        Redis redis = Redis.start();
        redis.close();
        app(redis)
                .run(context -> assertThat(Results.awaitFailure(
                                context.getBean(Stock.class).count(1)))
                        .isInstanceOfSatisfying(
                                CallRejectedException.class,
                                refused ->
                                        assertThat(refused.reason()).isEqualTo(CallRejectedException.Reason.ENGINE)));
    }
}
