package dev.settle.sample;

import dev.settle.abort.AsyncAbortController;
import dev.settle.time.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application on ports of its own, spoken to over HTTP; its providers behave well until told otherwise. */
public final class Desk implements AutoCloseable {

    public static final String ORDER = "{\"from\":\"EUR\",\"to\":\"USD\",\"amount\":100}";

    private static final JsonMapper JSON = new JsonMapper();

    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final Events events;
    private final AsyncAbortController controller;
    private final URI uri;

    private Desk(ConfigurableApplicationContext context) {
        this.context = context;
        this.events = context.getBean(Events.class);
        this.controller = context.getBean(AsyncAbortController.class);
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        this.uri = URI.create("http://localhost:" + port);
    }

    public static Desk open(Path data, String... properties) {
        return open(data, TimeSource.system(), properties);
    }

    /** With virtual time, nothing is too late and no quota is free again until the test says so. */
    public static Desk open(Path data, TimeSource time, String... properties) {
        SpringApplication application = new SpringApplication(SampleApplication.class);
        // By this class what was prepared ahead of time is found, which has a time source already.
        application.setMainApplicationClass(SampleApplication.class);
        application.addInitializers(context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(TimeSource.class, () -> time, definition -> definition.setPrimary(true));
            beans.registerBean(Events.class);
        });
        return new Desk(application.run(arguments(data, properties)));
    }

    /** The command line of a desk on ports of its own, with providers that behave well. */
    public static String[] arguments(Path data, String... properties) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "server.port", "0",
                "desk.data", data.toString(),
                "settle.policies.provider.throttle.window", "1ms",
                "desk.upstream.port", "0",
                "desk.upstream.quota.window", "1ms",
                "desk.upstream.faults.failures", "0",
                "desk.upstream.faults.resets", "0",
                "desk.upstream.faults.hangs", "0",
                "desk.upstream.faults.latency", "5ms"));
        for (String property : properties) {
            String[] words = property.split("=", 2);
            settings.put(words[0], words[1]);
        }
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    public URI address() {
        return this.uri;
    }

    public HttpResponse<String> get(String path) {
        return getAsync(path).join();
    }

    public CompletableFuture<HttpResponse<String>> getAsync(String path) {
        return send(request(path).build());
    }

    public HttpResponse<String> post(String path, String json) {
        return postAsync(path, json).join();
    }

    public CompletableFuture<HttpResponse<String>> postAsync(String path, String json) {
        return send("POST", path, json);
    }

    /** As a form of any page may send it. */
    public HttpResponse<String> postForm(String path, String form) {
        return send("POST", path, "application/x-www-form-urlencoded", form).join();
    }

    public CompletableFuture<HttpResponse<String>> send(String method, String path, String json) {
        return send(method, path, "application/json", json);
    }

    private CompletableFuture<HttpResponse<String>> send(String method, String path, String type, String body) {
        return send(request(path)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    /** Orders a quote, or asks again for the one of this key. */
    public CompletableFuture<HttpResponse<String>> orderAsync(String key, String json) {
        return send(request("/quotes")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(this.uri.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        return this.http.sendAsync(request, BodyHandlers.ofString());
    }

    /** Tells the providers how to behave: {@code hangs=1&provider=osprey}. */
    public void providers(String change) {
        HttpResponse<String> response = post("/upstream?" + change, "");
        if (response.statusCode() != 200) {
            throw new IllegalArgumentException(response.body());
        }
    }

    /** One number of what a provider has seen. */
    public long seen(String provider, String what) {
        for (JsonNode status : json(get("/upstream"))) {
            if (status.get("name").asString().equals(provider)) {
                return status.get(what).asLong();
            }
        }
        throw new IllegalArgumentException(provider);
    }

    /** One number of what all providers have seen. */
    public long seen(String what) {
        long sum = 0;
        for (JsonNode status : json(get("/upstream"))) {
            sum += status.get(what).asLong();
        }
        return sum;
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    public Events events() {
        return this.events;
    }

    public AsyncAbortController controller() {
        return this.controller;
    }

    /** Whether it is closed, with all its beans gone. */
    public boolean isClosed() {
        return !this.context.isActive();
    }

    @Override
    public void close() {
        this.context.close();
    }
}
