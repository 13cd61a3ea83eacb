package dev.settle.actuate;

import com.jayway.jsonpath.JsonPath;
import dev.settle.web.Servers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;

/** Somebody who looks at an application from outside, over HTTP. */
final class Operator {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    private Operator(int port, String path) {
        this.base = "http://localhost:" + port + path;
    }

    static Operator of(ApplicationContextAssertProvider<?> context) {
        return at(Servers.port(context));
    }

    static Operator at(int port) {
        return new Operator(port, "/actuator");
    }

    /** Where the endpoints have no path of their own. */
    static Operator atRoot(int port) {
        return new Operator(port, "");
    }

    /** An answer. */
    record Answer(int status, String body) {

        <T> T at(String path) {
            return JsonPath.read(this.body, path);
        }

        long number(String path) {
            return this.<Number>at(path).longValue();
        }
    }

    Answer get(String path) throws Exception {
        return send(request(path).GET());
    }

    Answer delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    Answer post(String path, String json) throws Exception {
        return post(path, "application/json", json);
    }

    Answer post(String path, String type, String body) throws Exception {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    /** As a form without fields, or a script that asks for no leave. */
    Answer postNothing(String path) throws Exception {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(this.base + path)).timeout(Duration.ofSeconds(30));
    }

    private Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }
}
