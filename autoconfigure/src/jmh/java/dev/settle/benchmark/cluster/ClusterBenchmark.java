package dev.settle.benchmark.cluster;

import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Scope;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.autoconfigure.SettleClusterAutoConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.redisson.Redisson;
import org.redisson.api.RFencedLock;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import redis.embedded.RedisServer;

/** One thread takes a lock that nobody else wants, and gives it back, on a server of its own. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClusterBenchmark {

    private static final long LEASE_SECONDS = 10;
    private static final long OWNER = 42;

    /** Who is measured. */
    @Param
    public Subject subject;

    private RedisServer server;
    private RedissonClient redisson;
    private RFencedLock lock;
    private AnnotationConfigApplicationContext application;
    private Stock stock;

    /** What an application has. */
    public static class Stock {

        @Exclusive(scope = Scope.CLUSTER)
        public CompletableFuture<String> count() {
            return CompletableFuture.completedFuture("counted");
        }
    }

    @Setup
    public void start() throws IOException {
        int port = freePort();
        this.server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        this.server.start();
        Config config = new Config();
        config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
        this.redisson = Redisson.create(config);
        this.lock = this.redisson.getFencedLock("bare");
        this.application = new AnnotationConfigApplicationContext();
        this.application.registerBean(RedissonClient.class, () -> this.redisson);
        this.application.register(SettleAutoConfiguration.class, SettleClusterAutoConfiguration.class, Stock.class);
        this.application.refresh();
        this.stock = this.application.getBean(Stock.class);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @TearDown
    public void stop() throws IOException {
        this.application.close();
        this.redisson.shutdown();
        this.server.stop();
    }

    @Benchmark
    public Object lockAndUnlock() {
        return switch (this.subject) {
            case SETTLE -> this.stock.count().join();
            case THREAD -> byThread();
            case ASYNCHRONOUS -> asynchronously();
        };
    }

    private Object byThread() {
        this.lock.lock(LEASE_SECONDS, TimeUnit.SECONDS);
        this.lock.unlock();
        return this.lock;
    }

    private Object asynchronously() {
        return this.lock
                .tryLockAsync(0, LEASE_SECONDS, TimeUnit.SECONDS, OWNER)
                .thenCompose(locked -> this.lock.unlockAsync(OWNER))
                .toCompletableFuture()
                .join();
    }
}
