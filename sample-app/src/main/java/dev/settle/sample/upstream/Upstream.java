package dev.settle.sample.upstream;

import dev.settle.annotation.OnAbort;
import dev.settle.sample.DeskPhases;
import dev.settle.sample.DeskProperties;
import dev.settle.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the providers over HTTP: {@code GET /<provider>/<from>/<to>}, and {@code GET /stats}. It is no
 * {@code com.sun.net.httpserver}, which does not notice that a client has gone while an answer is being prepared.
 */
@Component
public final class Upstream implements AutoCloseable {

    private final List<Provider> providers = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final JsonMapper json;
    private final ServerSocket server;

    Upstream(UpstreamProperties properties, DeskProperties desk, JsonMapper json, TimeSource time) {
        this.json = json;
        for (String name : desk.providers()) {
            long seed = properties.seed() + this.providers.size();
            QuotaMeter meter = new QuotaMeter(properties.quota(), time);
            this.providers.add(new Provider(name, seed, meter, properties.faults()));
        }
        this.server = listen(properties.port());
        daemon(this::accept, "upstream").start();
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        } catch (IOException ex) {
            throw new PortTakenException(port, ex);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Where it listens. */
    public URI uri() {
        return URI.create("http://localhost:" + this.server.getLocalPort());
    }

    List<Provider> providers() {
        return this.providers;
    }

    List<ProviderStatus> status() {
        return this.providers.stream().map(Provider::status).toList();
    }

    private void accept() {
        while (!this.server.isClosed()) {
            try {
                Socket socket = this.server.accept();
                this.open.add(socket);
                daemon(() -> converse(socket), "upstream-client").start();
            } catch (IOException ex) {
                // The server was closed, or the client left before it was accepted.
            }
        }
    }

    private void converse(Socket socket) {
        try (Connection client = new Connection(socket)) {
            route(client, client.path().split("/", -1));
        } catch (IOException ex) {
            // The client has gone; whoever had to know it has counted it.
        } finally {
            this.open.remove(socket);
        }
    }

    private void route(Connection client, String[] path) throws IOException {
        for (Provider provider : this.providers) {
            if (path.length == 4 && path[1].equals(provider.name())) {
                provider.serve(client, ReferenceRates.of(path[2], path[3]));
                return;
            }
        }
        if (path.length == 2 && path[1].equals("stats")) {
            client.answer("200 OK", "", this.json.writeValueAsString(status()));
        } else {
            client.answer("404 Not Found", "", "{\"error\":\"try /stats\"}");
        }
    }

    @OnAbort(phase = DeskPhases.UPSTREAM)
    String stop() throws IOException {
        int left = this.open.size();
        close();
        return "stopped, " + left + " connections were open";
    }

    /** Stops listening, and leaves no client waiting. */
    @Override
    public void close() throws IOException {
        this.server.close();
        for (Socket socket : this.open) {
            socket.close();
        }
    }
}
