package dev.settle.ui;

import dev.settle.annotation.Bulkhead;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** An application with the live page on a management port of its own. */
record LiveApplication(ConfigurableApplicationContext context) implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static LiveApplication start(WebApplicationType type, String... more) {
        return new LiveApplication(new SpringApplicationBuilder(Application.class)
                .web(type)
                .registerShutdownHook(false)
                .properties(
                        "server.port=0",
                        "management.server.port=0",
                        "management.endpoints.web.exposure.include=settleui,concurrency")
                .properties(more)
                .run());
    }

    Desk desk() {
        return this.context.getBean(Desk.class);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(path, "*/*");
    }

    HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return HTTP.send(request(path).header("Accept", accept).build(), BodyHandlers.ofString());
    }

    HttpResponse<Void> head(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.discarding());
    }

    HttpResponse<InputStream> stream() throws IOException, InterruptedException {
        return HTTP.send(
                request("/settleui/stream")
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String path) {
        String port = this.context.getEnvironment().getRequiredProperty("local.management.port");
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator" + path))
                .timeout(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        this.context.close();
    }

    static class Desk {

        @Bulkhead(value = 10, name = "quote")
        public CompletableFuture<String> quote(CompletableFuture<String> answer) {
            return answer;
        }
    }

    /** The tests have two servers for WebFlux, each with a factory of its own for the management port. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {DataSourceAutoConfiguration.class, TomcatReactiveManagementContextAutoConfiguration.class})
    static class Application {

        @Bean
        Desk desk() {
            return new Desk();
        }

        /** The first application that closes would close the servers of the others, and take two seconds for it. */
        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            return resources;
        }
    }
}
