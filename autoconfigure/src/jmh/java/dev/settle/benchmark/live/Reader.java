package dev.settle.benchmark.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Reads the page's stream as a browser does, and looks at nothing. */
final class Reader implements Runnable, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final CountDownLatch frames = new CountDownLatch(3);
    private final InputStream stream;

    Reader(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/actuator/settleui/stream"))
                .header("Accept", "text/event-stream")
                .build();
        this.stream = HTTP.send(request, BodyHandlers.ofInputStream()).body();
        new Thread(this, "reader").start();
        // The page is there, and has begun to move.
        this.frames.await();
    }

    @Override
    public void run() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.stream, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> line.startsWith("data:")).forEach(line -> this.frames.countDown());
        } catch (IOException | RuntimeException ex) {
            // It has been closed.
        }
    }

    @Override
    public void close() throws IOException {
        this.stream.close();
    }
}
