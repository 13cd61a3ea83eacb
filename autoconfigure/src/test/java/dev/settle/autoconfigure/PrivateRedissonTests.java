package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.redisson.config.Config;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.test.util.ReflectionTestUtils;

/** Settle's own client goes where the application's properties say that Redis is. */
class PrivateRedissonTests {

    private final ApplicationContextRunner app = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class));

    private Config config(String... properties) {
        Config[] config = new Config[1];
        this.app.withPropertyValues(properties).run(context -> {
            var details = context.getBean(DataRedisConnectionDetails.class);
            String url = context.getBean(DataRedisProperties.class).getUrl();
            config[0] = new PrivateRedisson(details, url, Duration.ofMillis(700)).config();
        });
        return config[0];
    }

    /** Redisson shows its servers to its own packages only. */
    private static Object servers(Config config, String kind) {
        Object servers = ReflectionTestUtils.getField(config, kind);
        assertThat(servers).isNotNull();
        return servers;
    }

    @Test
    void oneServer() {
        Config config =
                config("spring.data.redis.host=cache", "spring.data.redis.port=7000", "spring.data.redis.database=4");

        assertThat(servers(config, "singleServerConfig"))
                .hasFieldOrPropertyWithValue("address", "redis://cache:7000")
                .hasFieldOrPropertyWithValue("database", 4)
                .hasFieldOrPropertyWithValue("timeout", 700)
                .hasFieldOrPropertyWithValue("connectTimeout", 700);
        assertThat(config.isLazyInitialization()).isTrue();
        assertThat(config.getPassword()).isNull();
    }

    @Test
    void sentinels() {
        Config config = config(
                "spring.data.redis.sentinel.master=main",
                "spring.data.redis.sentinel.nodes=one:26379,two:26379",
                "spring.data.redis.sentinel.password=watch",
                "spring.data.redis.username=me",
                "spring.data.redis.password=open",
                "spring.data.redis.database=2");

        assertThat(servers(config, "sentinelServersConfig"))
                .hasFieldOrPropertyWithValue("masterName", "main")
                .hasFieldOrPropertyWithValue("sentinelPassword", "watch")
                .hasFieldOrPropertyWithValue("sentinelUsername", null)
                .hasFieldOrPropertyWithValue("database", 2)
                .extracting("sentinelAddresses")
                .asString()
                .contains("redis://one:26379", "redis://two:26379");
        assertThat(config.getUsername()).isEqualTo("me");
        assertThat(config.getPassword()).isEqualTo("open");
    }

    @Test
    void cluster() {
        Config config = config("spring.data.redis.cluster.nodes=one:6379,two:6379");

        assertThat(servers(config, "clusterServersConfig"))
                .extracting("nodeAddresses")
                .asString()
                .contains("redis://one:6379", "redis://two:6379");
    }

    @Test
    void masterAndReplicas() {
        Config config = config("spring.data.redis.masterreplica.nodes=one:6379,two:6379");

        assertThat(servers(config, "replicatedServersConfig"))
                .extracting("nodeAddresses")
                .asString()
                .contains("redis://one:6379", "redis://two:6379");
    }

    @Test
    void encryptedByTheUrl() {
        Config config = config("spring.data.redis.url=rediss://cache:6380");

        assertThat(servers(config, "singleServerConfig")).hasFieldOrPropertyWithValue("address", "rediss://cache:6380");
    }

    @Test
    void addressOfTheSixthVersion() {
        Config config = config("spring.data.redis.host=::1");

        assertThat(servers(config, "singleServerConfig")).hasFieldOrPropertyWithValue("address", "redis://[::1]:6379");
    }

    @Test
    void encrypted() {
        Config config = config("spring.data.redis.ssl.enabled=true", "spring.data.redis.host=cache");

        assertThat(servers(config, "singleServerConfig")).hasFieldOrPropertyWithValue("address", "rediss://cache:6379");
        assertThat(config.getSslTrustManagerFactory()).isNotNull();
    }
}
