package dev.settle.sample.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One kept-alive HTTP/1.1 connection. The usual clients ask again by themselves; here, one request is one request. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private boolean answering;

    Wire(URI desk) throws IOException {
        this.socket.connect(new InetSocketAddress("localhost", desk.getPort()), PATIENCE_MILLIS);
        this.socket.setSoTimeout(PATIENCE_MILLIS);
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(this.socket.getInputStream());
    }

    /** A whole answer. */
    record Answer(int status, Map<String, String> headers, String body) {

        boolean keepsAlive() {
            return !"close".equalsIgnoreCase(this.headers.get("connection"));
        }

        boolean saysWhenToComeBack() {
            return this.headers.containsKey("retry-after");
        }
    }

    Answer exchange(Order order) throws IOException {
        this.answering = false;
        this.socket.getOutputStream().write(order.bytes());
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] field = line.split(":", 2);
            headers.put(field[0].toLowerCase(Locale.ROOT), field[1].strip());
        }
        return new Answer(Integer.parseInt(status[1]), headers, body(headers));
    }

    /** Whether at least a byte of the last answer has come. */
    boolean answering() {
        return this.answering;
    }

    private String body(Map<String, String> headers) throws IOException {
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return bytes(Integer.parseInt(headers.get("content-length")));
        }
        StringBuilder body = new StringBuilder();
        for (int size = chunk(); size > 0; size = chunk()) {
            body.append(bytes(size));
            line();
        }
        line();
        return body.toString();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String bytes(int count) throws IOException {
        byte[] bytes = this.in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < 2 || line.charAt(line.length() - 2) != '\r' || line.charAt(line.length() - 1) != '\n') {
            int next = this.in.read();
            if (next < 0) {
                throw new EOFException();
            }
            this.answering = true;
            line.append((char) next);
        }
        return line.substring(0, line.length() - 2);
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }
}
