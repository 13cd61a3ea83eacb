package dev.settle.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Another service. It never answers, and sees whether those who ask it wait. */
public final class Upstream implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();

    public Upstream() throws IOException {
        Thread accepting = new Thread(this::accept, "upstream");
        accepting.setDaemon(true);
        accepting.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + this.server.getLocalPort() + "/");
    }

    private void accept() {
        try {
            while (true) {
                this.connections.add(new Connection(this.server.accept()));
            }
        } catch (IOException ex) {
            // The test is over.
        }
    }

    /** The next connection that comes. */
    public Connection connection() throws InterruptedException {
        Connection connection = this.connections.poll(30, TimeUnit.SECONDS);
        if (connection == null) {
            throw new AssertionError("Nobody came");
        }
        return connection;
    }

    @Override
    public void close() throws IOException {
        this.server.close();
    }

    /** One connection. */
    public static final class Connection {

        private final Socket socket;
        private final BufferedReader requests;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(30_000);
            this.requests = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The head of the next request. */
        public List<String> request() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = this.requests.readLine(); !line.isEmpty(); line = this.requests.readLine()) {
                lines.add(line);
            }
            return lines;
        }

        /** A header of the next request. */
        public Optional<String> header(String name) throws IOException {
            return request().stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        public void answer(String body) throws IOException {
            this.socket
                    .getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
        }

        /** Waits until the other side closes the connection. */
        public boolean isClosedByClient() throws IOException {
            try {
                return this.requests.read() == -1;
            } catch (SocketException ex) {
                return true;
            }
        }
    }
}
