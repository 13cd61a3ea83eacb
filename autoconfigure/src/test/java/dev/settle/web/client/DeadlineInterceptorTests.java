package dev.settle.web.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.CurrentSignal;
import dev.settle.abort.RequestSource;
import dev.settle.test.VirtualTime;
import dev.settle.web.DeadlineHeader;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

/** What is sent when an interceptor in front of it tries again with the same request. */
class DeadlineInterceptorTests {

    private static final String HEADER = "X-Left";

    private final VirtualTime time = new VirtualTime();
    private final DeadlineInterceptor interceptor = new DeadlineInterceptor(new DeadlineHeader(HEADER));
    private final HttpRequest request = new MockClientHttpRequest(HttpMethod.GET, URI.create("http://localhost/"));
    private final List<String> sent = new ArrayList<>();
    private final ClientHttpRequestExecution execution = (request, body) -> {
        this.sent.add(request.getHeaders().getFirst(HEADER));
        return new MockClientHttpResponse();
    };

    @BeforeEach
    void limit() {
        CurrentSignal.swap(RequestSource.of(this.time, Duration.ofMillis(500)));
    }

    @AfterEach
    void leave() {
        CurrentSignal.swap(null);
    }

    private void attempt() throws Exception {
        this.interceptor.intercept(this.request, new byte[0], this.execution).close();
    }

    @Test
    void eachAttemptSaysWhatIsLeft() throws Exception {
        attempt();
        this.time.advance(Duration.ofMillis(300));
        attempt();

        assertThat(this.sent).containsExactly("500", "200");
    }

    @Test
    void attemptWithNothingLeftSaysNothing() throws Exception {
        attempt();
        this.time.advance(Duration.ofMillis(500));
        attempt();

        assertThat(this.sent).containsExactly("500", null);
    }

    @Test
    void valueOfTheCallersOwnIsLeftAloneInEachAttempt() throws Exception {
        this.request.getHeaders().set(HEADER, "99");
        attempt();
        this.time.advance(Duration.ofMillis(300));
        attempt();

        assertThat(this.sent).containsExactly("99", "99");
    }
}
