package dev.settle.cluster.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server does, as it tells it itself: the numbers that a command of scripts is given, on the server's clock. */
final class Monitor implements AutoCloseable {

    private final Socket socket;
    private final Pattern wanted;
    private final BlockingQueue<Long> numbers = new LinkedBlockingQueue<>();

    Monitor(Redis redis, String command) throws IOException {
        this.wanted = Pattern.compile("\"" + command + "\" \"[^\"]*\" \"(\\d+)\"");
        this.socket = new Socket("127.0.0.1", redis.port());
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(this.socket.getInputStream(), StandardCharsets.US_ASCII));
        this.socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(lines.readLine()).isEqualTo("+OK");
        Thread reader = new Thread(() -> read(lines), "monitor");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = this.wanted.matcher(line);
                if (matcher.find()) {
                    this.numbers.add(Long.valueOf(matcher.group(1)));
                }
            }
        } catch (IOException ex) {
            // It has been closed.
        }
    }

    List<Long> firstNumbers(int count) throws InterruptedException {
        List<Long> first = new ArrayList<>();
        while (first.size() < count) {
            Long next = this.numbers.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("number %s of %s", first.size() + 1, count).isNotNull();
            first.add(next);
        }
        return first;
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }
}
