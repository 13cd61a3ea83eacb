package dev.settle.sample.upstream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One request of one client: HTTP/1.1, and the connection ends with it. */
final class Connection implements AutoCloseable {

    private static final int LONGEST_HEAD = 16_384;

    private final Socket socket;
    private final InputStream in;

    Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Reads the head of the request, and gives its path; empty when the client has gone. */
    String path() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = this.in.read();
            if (next < 0 || head.length() == LONGEST_HEAD) {
                return "";
            }
            head.append((char) next);
        }
        String[] words = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
        return words.length == 3 ? words[1] : "";
    }

    /**
     * Waits; zero is for ever. It waits by reading, because a thread that sleeps does not notice that its client goes.
     *
     * @return false when the client has gone meanwhile
     */
    boolean stays(Duration time) throws IOException {
        this.socket.setSoTimeout((int) time.toMillis());
        try {
            return this.in.read() >= 0;
        } catch (SocketTimeoutException ex) {
            return true;
        } catch (IOException ex) {
            if (this.socket.isClosed()) {
                throw ex;
            }
            return false;
        }
    }

    void answer(String status, String header, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n" + header + "\r\n";
        this.socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        this.socket.getOutputStream().write(body);
    }

    /** Ends the connection with a TCP reset, at the next close. */
    void reset() throws IOException {
        this.socket.setSoLinger(true, 0);
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }
}
