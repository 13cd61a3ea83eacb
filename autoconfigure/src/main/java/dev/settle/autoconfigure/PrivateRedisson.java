package dev.settle.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.SentinelServersConfig;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Cluster;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.MasterReplica;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Sentinel;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Standalone;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.StringUtils;

/** A Redisson client to where Boot's own Redis is, made when it is first needed. It gives up soon: callers wait. */
final class PrivateRedisson implements DisposableBean {

    private static final int RETRIES = 1;
    private static final Duration RETRY_DELAY = Duration.ofMillis(100);

    /** Connections that are kept open; more are opened when they are needed. */
    private static final int IDLE = 1;

    /** Each lock or permit that is waited for is one. */
    private static final int SUBSCRIPTIONS = 50;

    private final DataRedisConnectionDetails details;
    private final boolean secure;
    private final Duration commandTimeout;
    private @Nullable RedissonClient client;
    private boolean closed;

    /**
     * Not yet.
     *
     * @param url where the application's properties say that Redis is, if they do so by a URL: its scheme is in no details
     */
    PrivateRedisson(DataRedisConnectionDetails details, @Nullable String url, Duration commandTimeout) {
        this.details = details;
        this.secure = details.getSslBundle() != null || (url != null && url.startsWith("rediss://"));
        this.commandTimeout = commandTimeout;
    }

    synchronized RedissonClient get() {
        if (this.closed) {
            throw new IllegalStateException("The application has stopped");
        }
        if (this.client == null) {
            this.client = Redisson.create(config());
        }
        return this.client;
    }

    Config config() {
        Config config = new Config();
        // Whether Redis is there is found out by the first command, which fails, and not by making this.
        config.setLazyInitialization(true);
        config.setUsername(textOrNull(this.details.getUsername()));
        config.setPassword(textOrNull(this.details.getPassword()));
        secure(config, this.details.getSslBundle());
        Standalone standalone = this.details.getStandalone();
        Sentinel sentinel = this.details.getSentinel();
        Cluster cluster = this.details.getCluster();
        MasterReplica replicas = this.details.getMasterReplica();
        if (cluster != null) {
            limitedAll(config.useClusterServers()).setNodeAddresses(addresses(cluster.getNodes()));
        } else if (sentinel != null) {
            SentinelServersConfig servers = limitedAll(config.useSentinelServers());
            servers.setMasterName(sentinel.getMaster());
            servers.setSentinelAddresses(addresses(sentinel.getNodes()));
            servers.setSentinelUsername(textOrNull(sentinel.getUsername()));
            servers.setSentinelPassword(textOrNull(sentinel.getPassword()));
            servers.setDatabase(sentinel.getDatabase());
        } else if (replicas != null) {
            limitedAll(config.useReplicatedServers()).setNodeAddresses(addresses(replicas.getNodes()));
        } else if (standalone != null) {
            limited(config.useSingleServer())
                    .setAddress(address(standalone.getHost(), standalone.getPort()))
                    .setDatabase(standalone.getDatabase())
                    .setConnectionMinimumIdleSize(IDLE)
                    .setSubscriptionConnectionMinimumIdleSize(IDLE);
        }
        return config;
    }

    private static void secure(Config config, @Nullable SslBundle bundle) {
        if (bundle != null) {
            config.setSslTrustManagerFactory(bundle.getManagers().getTrustManagerFactory());
            config.setSslKeyManagerFactory(bundle.getManagers().getKeyManagerFactory());
            config.setSslProtocols(bundle.getOptions().getEnabledProtocols());
            config.setSslCiphers(bundle.getOptions().getCiphers());
        }
    }

    /** An empty one, as of an address that has a password only, is none. */
    private static @Nullable String textOrNull(@Nullable String text) {
        return StringUtils.hasText(text) ? text : null;
    }

    private <C extends BaseConfig<C>> C limited(C server) {
        int millis = (int) this.commandTimeout.toMillis();
        return server.setTimeout(millis)
                .setConnectTimeout(millis)
                .setRetryAttempts(RETRIES)
                .setRetryDelay(new ConstantDelay(RETRY_DELAY))
                .setSubscriptionsPerConnection(SUBSCRIPTIONS);
    }

    private <C extends BaseMasterSlaveServersConfig<C>> C limitedAll(C servers) {
        return limited(servers)
                .setMasterConnectionMinimumIdleSize(IDLE)
                .setSlaveConnectionMinimumIdleSize(IDLE)
                .setSubscriptionConnectionMinimumIdleSize(IDLE);
    }

    private List<String> addresses(List<Node> nodes) {
        return nodes.stream().map(node -> address(node.host(), node.port())).toList();
    }

    private String address(String host, int port) {
        String name = (host.contains(":") && !host.startsWith("[")) ? "[" + host + "]" : host;
        return (this.secure ? "rediss://" : "redis://") + name + ":" + port;
    }

    @Override
    public synchronized void destroy() {
        this.closed = true;
        if (this.client != null) {
            this.client.shutdown();
        }
    }
}
