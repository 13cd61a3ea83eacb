package dev.settle.cluster.redisson;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.autoconfigure.SettleClusterAutoConfiguration;
import dev.settle.cluster.ClusterLease;
import dev.settle.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** One instance of an application, in a JVM of its own. It does what it is told line by line, and says what came of it. */
public final class Instance {

    private Instance() {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SettleAutoConfiguration.class, SettleClusterAutoConfiguration.class})
    @Import(Work.class)
    static class Application {

        @Bean(destroyMethod = "shutdown")
        RedissonClient redisson(org.springframework.core.env.Environment environment) {
            Config config = new Config();
            config.setLazyInitialization(true);
            config.useSingleServer()
                    .setAddress(environment.getRequiredProperty("redis"))
                    .setTimeout(500)
                    .setRetryAttempts(1)
                    .setConnectionMinimumIdleSize(1)
                    .setConnectionPoolSize(8);
            return Redisson.create(config);
        }
    }

    /** What must not happen more often than it may, in all instances together. */
    static class Work {

        private final RedissonClient redisson;

        Work(RedissonClient redisson) {
            this.redisson = redisson;
        }

        /** Only one at a time, in whichever process: a lock on a file says whether that is so. */
        @Exclusive(name = "alone", scope = Scope.CLUSTER, maxWait = "120s", queueCapacity = 10_000)
        public CompletableFuture<String> alone(Path file) throws IOException {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            CompletableFuture<String> done = new CompletableFuture<>();
            TimeSource.system().schedule(Duration.ofMillis(1).toNanos(), () -> {
                try {
                    if (lock != null) {
                        lock.release();
                    }
                    channel.close();
                    done.complete((lock == null) ? "NOT ALONE" : "alone");
                } catch (IOException ex) {
                    done.completeExceptionally(ex);
                }
            });
            return done;
        }

        /** Holds the lock until somebody kills it. */
        @Exclusive(name = "held", scope = Scope.CLUSTER, maxWait = "60s")
        public CompletableFuture<String> held(CompletableFuture<String> end) {
            long token = ClusterLease.current().fencingToken();
            AbortSignal.current().onAbort(reason -> System.out.println("LOST " + token + " " + reason.cause()));
            System.out.println("HOLDING " + token);
            return end;
        }

        /** Counted on the server, up and down. */
        @Bulkhead(name = "few", value = 5, scope = Scope.CLUSTER, maxWait = "120s", queueCapacity = 10_000)
        public CompletableFuture<String> few() {
            return this.redisson
                    .getAtomicLong("running")
                    .incrementAndGetAsync()
                    .toCompletableFuture()
                    .thenCompose(running -> this.redisson
                            .getAtomicLong("running")
                            .decrementAndGetAsync()
                            .thenApply(left -> (running > 5) ? "TOO MANY " + running : "few"));
        }

        /** Whether it is paced, the server knows. */
        @Throttle(
                name = "paced",
                limit = 50,
                window = "1s",
                scope = Scope.CLUSTER,
                maxWait = "120s",
                queueCapacity = 10_000)
        public CompletableFuture<String> paced() {
            return CompletableFuture.completedFuture("paced");
        }
    }

    /** Reads commands: what to do, and how often. */
    public static void main(String... arguments) throws IOException {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .properties(Map.of("spring.main.banner-mode", "off", "spring.application.name", "shop"))
                        .run(arguments);
                BufferedReader commands = new BufferedReader(new InputStreamReader(System.in))) {
            Work work = context.getBean(Work.class);
            System.out.println("READY");
            for (String line = commands.readLine(); line != null && !line.equals("end"); line = commands.readLine()) {
                String[] words = line.split(" ");
                System.out.println("DONE " + act(work, words));
            }
        }
    }

    private static Map<String, Integer> act(Work work, String[] words) {
        return switch (words[0]) {
            case "alone" -> all(Integer.parseInt(words[2]), () -> alone(work, Path.of(words[1])));
            case "held" -> all(1, () -> work.held(new CompletableFuture<>()));
            case "token" -> all(1, () -> work.held(CompletableFuture.completedFuture("held")));
            case "few" -> all(Integer.parseInt(words[1]), work::few);
            case "paced" -> all(Integer.parseInt(words[1]), work::paced);
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static CompletableFuture<String> alone(Work work, Path file) {
        try {
            return work.alone(file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** How often each outcome came. */
    private static Map<String, Integer> all(int times, Supplier<CompletableFuture<String>> call) {
        List<CompletableFuture<String>> outcomes = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            outcomes.add(call.get()
                    .handle((value, failure) ->
                            (failure == null) ? value : failure.getClass().getSimpleName()));
        }
        Map<String, Integer> counts = new java.util.TreeMap<>();
        outcomes.forEach(outcome -> counts.merge(outcome.join(), 1, Integer::sum));
        return counts;
    }
}
