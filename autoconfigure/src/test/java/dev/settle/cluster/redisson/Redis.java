package dev.settle.cluster.redisson;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import redis.embedded.RedisServer;

/**
 * A server of the test's own on this machine. The build brings one along; {@code -Dredis.executable} names another, such as
 * {@code valkey-server}.
 */
public final class Redis implements AutoCloseable {

    private final int port;
    private final RedisServer server;

    private Redis(int port, RedisServer server) {
        this.port = port;
        this.server = server;
    }

    /** One that keeps nothing. */
    public static Redis start() {
        return start("save \"\"");
    }

    /** One that keeps everything in a folder. */
    public static Redis startKeeping(Path folder) {
        return start("dir " + folder, "appendonly yes", "appendfsync always");
    }

    /** One with settings of its own. */
    static Redis startWith(String... settings) {
        return start(settings);
    }

    private static Redis start(String... settings) {
        try {
            int port = freePort();
            var builder = RedisServer.newRedisServer().port(port).bind("127.0.0.1");
            String other = System.getProperty("redis.executable");
            if (other != null) {
                builder.executableProvider(() -> new File(other));
            }
            for (String setting : settings) {
                builder.setting(setting);
            }
            Redis redis = new Redis(port, builder.build());
            redis.again();
            return redis;
        } catch (IOException ex) {
            throw new UncheckedIOException("Redis does not start here", ex);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return this.port;
    }

    public String address() {
        return "redis://127.0.0.1:" + this.port;
    }

    /** Starts it once more. */
    public void again() {
        try {
            this.server.start();
        } catch (IOException ex) {
            throw new UncheckedIOException("Redis does not start here", ex);
        }
    }

    public void stop() {
        try {
            this.server.stop();
        } catch (IOException ex) {
            throw new UncheckedIOException("Redis does not stop", ex);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
