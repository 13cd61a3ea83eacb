package dev.settle.sample.load;

import dev.settle.sample.Desk;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** One request, with a name of its own. */
record Order(String id, String method, String path, String json) {

    static Order quote(String id) {
        return new Order(id, "POST", "/quotes", Desk.ORDER);
    }

    static Order transfer(String id) {
        return new Order(id, "POST", "/transfers", "{\"from\":\"alice\",\"to\":\"bob\",\"amount\":0.01}");
    }

    static Order rates(String id) {
        return new Order(id, "GET", "/rates", "");
    }

    static Order search(String id) {
        return new Order(id, "GET", "/search?session=" + id.charAt(0) + "&text=eur", "");
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    boolean isQuote() {
        return this.path.equals("/quotes");
    }

    boolean isTransfer() {
        return this.path.equals("/transfers");
    }

    byte[] bytes() {
        return """
                %s %s HTTP/1.1\r
                Host: localhost\r
                %s: %s\r
                Idempotency-Key: %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(this.method, this.path, RecordedDesk.ID, this.id, this.id, this.json.length(), this.json)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
