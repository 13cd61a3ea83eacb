package dev.settle.cluster.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Scope;
import dev.settle.autoconfigure.Startup;
import dev.settle.cluster.Cluster;
import dev.settle.cluster.ClusterEngine;
import dev.settle.cluster.ClusterLease;
import dev.settle.core.Results;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Where the engine comes from: a client of the application's, or one to where Boot's Redis is. */
class RedissonConfigurationTests {

    private static final String PASSWORD = "open";

    private static Redis redis;
    private static Redis locked;

    @BeforeAll
    static void start() {
        redis = Redis.start();
        locked = Redis.startWith("requirepass " + PASSWORD);
    }

    @AfterAll
    static void stop() {
        redis.close();
        locked.close();
    }

    static class Stock {
        @Exclusive(name = "count", scope = Scope.CLUSTER)
        public CompletableFuture<Long> count() {
            return CompletableFuture.completedFuture(ClusterLease.current().fencingToken());
        }
    }

    private static ApplicationContextRunner boot(Redis server) {
        return Startup.runner()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withBean(Stock.class)
                // For the slowest of machines: here nobody is away.
                .withPropertyValues("spring.data.redis.port=" + server.port(), "settle.cluster.command-timeout=10s");
    }

    private static void assertCounts(ConfigurableApplicationContext context) throws Exception {
        assertThat(Results.await(context.getBean(Stock.class).count())).isPositive();
    }

    @Test
    void clientOfItsOwnGoesToWhereBootSays() {
        boot(redis).run(context -> {
            assertCounts(context);
            assertThat(context).doesNotHaveBean(RedissonClient.class);
            assertThat(context)
                    .as("Boot's own connections stay as they are")
                    .getBean(RedisConnectionFactory.class)
                    .asString()
                    .contains("Lettuce");
        });
    }

    @Test
    void clientOfItsOwnEndsWithTheApplication() {
        boot(redis).run(context -> {
            assertCounts(context);
            context.close();
            Results.until(() -> Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .noneMatch(name -> name.startsWith("redisson")));
        });
    }

    @Test
    void databaseAndPasswordAreThoseOfBoot() {
        boot(locked)
                .withPropertyValues("spring.data.redis.password=" + PASSWORD, "spring.data.redis.database=3")
                .run(context -> {
                    assertCounts(context);
                    try (Client client = new Client(locked, 3)) {
                        assertThat(client.keys()).anyMatch(key -> key.contains("application:exclusive:count"));
                    }
                });
    }

    @Test
    void urlCountsAsWell() {
        boot(locked)
                .withPropertyValues(
                        "spring.data.redis.port=1",
                        "spring.data.redis.url=redis://:" + PASSWORD + "@localhost:" + locked.port())
                .run(RedissonConfigurationTests::assertCounts);
    }

    @Test
    void callsOfAClientOfItsOwnGoOnAloneWhileTheServerIsAway() throws Exception {
        try (Redis server = Redis.start()) {
            boot(server)
                    .withPropertyValues("settle.cluster.command-timeout=1s", "settle.cluster.on-failure=local")
                    .withBean(Till.class)
                    .run(context -> {
                        Till till = context.getBean(Till.class);
                        assertThat(Results.await(till.open())).isEqualTo("open");
                        server.stop();
                        for (int i = 0; i < 10; i++) {
                            assertThat(Results.await(till.open())).isEqualTo("open");
                        }
                        assertThat(context.getBean(Cluster.class).away()).isTrue();

                        server.again();
                        Results.until(() -> {
                            till.open();
                            return !context.getBean(Cluster.class).away();
                        });
                    });
        }
    }

    static class Till {
        @Exclusive(name = "open", scope = Scope.CLUSTER)
        public CompletableFuture<String> open() {
            return CompletableFuture.completedFuture("open");
        }
    }

    @Test
    void clientOfTheApplicationIsUsedAsItIs() {
        boot(redis)
                .withPropertyValues("spring.data.redis.port=1")
                .withBean(
                        RedissonClient.class,
                        () -> Client.open(redis, 0),
                        bean -> bean.setDestroyMethodName("shutdown"))
                .run(context -> {
                    assertCounts(context);
                    assertThat(context.getBeanNamesForType(ClusterEngine.class)).hasSize(1);
                });
    }

    @Test
    void nothingIsConnectedForAnApplicationThatSharesNothing() {
        Startup.runner()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .run(context -> assertThat(
                                Arrays.asList(context.getBeanFactory().getSingletonNames()))
                        .doesNotContain("settleCluster", "settleClusterEngine", "settlePrivateRedisson"));
    }

    @Test
    void withoutRedissonThereIsNoEngine() {
        boot(redis)
                .withClassLoader(new FilteredClassLoader("org.redisson"))
                .run(context ->
                        assertThat(context).hasFailed().getFailure().rootCause().hasMessageContaining("no engine"));
    }

    @Test
    void ofSeveralClientsOneMustBePrimary() {
        ApplicationContextRunner two = boot(redis)
                .withBean("one", RedissonClient.class, () -> Client.open(redis, 0))
                .withBean("two", RedissonClient.class, () -> Client.open(redis, 0));

        assertThat(Startup.analysis(two).getAction()).contains("@Primary");
    }

    @Test
    void engineOfTheApplicationGoesFirst() {
        boot(redis)
                .withBean(
                        ClusterEngine.class,
                        () -> new RedissonEngine(() -> {
                            throw new IllegalStateException("not now");
                        }))
                .run(context -> {
                    context.getBean(Stock.class).count();
                    Results.until(() -> context.getBean(Cluster.class).away());
                });
    }

    /** A look from outside. */
    private static final class Client implements AutoCloseable {

        private final RedissonClient redisson;

        Client(Redis server, int database) {
            this.redisson = open(server, database);
        }

        static RedissonClient open(Redis server, int database) {
            Config config = new Config();
            config.setPassword(server == locked ? PASSWORD : null);
            config.useSingleServer()
                    .setAddress(server.address())
                    .setDatabase(database)
                    .setConnectionMinimumIdleSize(1);
            return Redisson.create(config);
        }

        Iterable<String> keys() {
            return this.redisson.getKeys().getKeys();
        }

        @Override
        public void close() {
            this.redisson.shutdown();
        }
    }
}
