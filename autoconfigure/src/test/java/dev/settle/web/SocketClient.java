package dev.settle.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.SocketFactory;

/** A client that is one connection, and leaves when it likes. */
public final class SocketClient implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader answers;

    private SocketClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    public static SocketClient connect(int port) throws IOException {
        return connect(SocketFactory.getDefault(), port);
    }

    public static SocketClient connect(SocketFactory sockets, int port) throws IOException {
        return new SocketClient(sockets.createSocket(InetAddress.getLoopbackAddress(), port));
    }

    public SocketClient get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    public SocketClient post(String path, String body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    public SocketClient send(String text) throws IOException {
        this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        this.socket.getOutputStream().flush();
        return this;
    }

    /** The next answer: its status and its body. */
    public String answer() throws IOException {
        String status = this.answers.readLine().split(" ")[1];
        List<String> headers = new ArrayList<>();
        for (String line = this.answers.readLine(); !line.isEmpty(); line = this.answers.readLine()) {
            headers.add(line.toLowerCase(Locale.ROOT));
        }
        String body = headers.contains("transfer-encoding: chunked") ? chunks() : read(length(headers));
        return status + " " + body;
    }

    private static int length(List<String> headers) {
        return headers.stream()
                .filter(header -> header.startsWith("content-length:"))
                .mapToInt(header -> Integer.parseInt(header.substring(15).strip()))
                .sum();
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        int length;
        do {
            length = Integer.parseInt(this.answers.readLine(), 16);
            body.append(read(length));
            this.answers.readLine();
        } while (length > 0);
        return body.toString();
    }

    private String read(int length) throws IOException {
        char[] body = new char[length];
        for (int read = 0; read < length; ) {
            read += this.answers.read(body, read, length - read);
        }
        return new String(body);
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }
}
