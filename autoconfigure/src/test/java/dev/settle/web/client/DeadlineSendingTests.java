package dev.settle.web.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.CurrentSignal;
import dev.settle.abort.RequestSource;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.autoconfigure.SettleHttpClientAutoConfiguration;
import dev.settle.reactive.ReactiveAbortSignal;
import dev.settle.test.VirtualTime;
import dev.settle.web.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** What the next service reads. */
class DeadlineSendingTests {

    private static final String HEADER = "X-Request-Timeout-Ms";

    private final ApplicationContextRunner app = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SettleAutoConfiguration.class,
                    SettleHttpClientAutoConfiguration.class,
                    RestClientAutoConfiguration.class,
                    WebClientAutoConfiguration.class));
    private final ApplicationContextRunner sending = this.app.withPropertyValues("settle.web.deadline.send=true");
    private final RequestSource limited = RequestSource.of(new VirtualTime(), Duration.ofMillis(1500));
    private Upstream upstream;

    @BeforeEach
    void start() throws IOException {
        this.upstream = new Upstream();
    }

    @AfterEach
    void stop() throws IOException {
        this.upstream.close();
    }

    /** What a request brings that is made under the signal. */
    private String sent(String header, Runnable request) throws Exception {
        CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> {
            try {
                Upstream.Connection connection = this.upstream.connection();
                String value = connection.header(header).orElse("nothing");
                connection.answer("answer");
                return value;
            } catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        });
        CurrentSignal.swap(this.limited);
        try {
            request.run();
        } finally {
            CurrentSignal.swap(null);
        }
        return asked.get(30, TimeUnit.SECONDS);
    }

    private String sentByRestClient(ApplicationContextRunner runner, String header) {
        String[] value = new String[1];
        runner.run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();
            value[0] = sent(
                    header,
                    () -> client.get().uri(this.upstream.uri()).retrieve().body(String.class));
        });
        return value[0];
    }

    private String sentByWebClient(ApplicationContextRunner runner, UnaryOperator<Mono<String>> subscriber) {
        String[] value = new String[1];
        runner.run(context -> {
            WebClient client = context.getBean(WebClient.Builder.class).build();
            value[0] = sent(
                    HEADER,
                    () -> client.get()
                            .uri(this.upstream.uri())
                            .retrieve()
                            .bodyToMono(String.class)
                            .transform(subscriber)
                            .block(Duration.ofSeconds(30)));
        });
        return value[0];
    }

    @Test
    void restClientSendsTheTimeLeftOfTheCurrentSignal() {
        assertThat(sentByRestClient(this.sending, HEADER)).isEqualTo("1500");
    }

    @Test
    void webClientSendsTheTimeLeftOfTheSubscribersSignal() {
        RequestSource nearer = RequestSource.of(new VirtualTime(), Duration.ofMillis(700));

        assertThat(sentByWebClient(
                        this.sending,
                        request -> request.contextWrite(context -> context.put(ReactiveAbortSignal.KEY, nearer))))
                .isEqualTo("700");
    }

    @Test
    void webClientSendsTheTimeLeftOfTheCurrentSignalWhenTheSubscriberHasNone() {
        assertThat(sentByWebClient(this.sending, UnaryOperator.identity())).isEqualTo("1500");
    }

    @Test
    void headerHasTheNameThatTheApplicationGivesIt() {
        assertThat(sentByRestClient(this.sending.withPropertyValues("settle.web.deadline.header=X-Left"), "X-Left"))
                .isEqualTo("1500");
    }

    @Test
    void valueThatTheRequestHasIsLeftAlone() {
        this.sending.run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();

            assertThat(sent(
                            HEADER,
                            () -> client.get()
                                    .uri(this.upstream.uri())
                                    .header(HEADER, "99")
                                    .retrieve()
                                    .body(String.class)))
                    .isEqualTo("99");
        });
    }

    @Test
    void restClientSendsNothingUnlessAskedFor() {
        assertThat(sentByRestClient(this.app, HEADER)).isEqualTo("nothing");
    }

    @Test
    void webClientSendsNothingUnlessAskedFor() {
        assertThat(sentByWebClient(this.app, UnaryOperator.identity())).isEqualTo("nothing");
    }
}
