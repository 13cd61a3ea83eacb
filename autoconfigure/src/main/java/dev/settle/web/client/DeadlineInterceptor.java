package dev.settle.web.client;

import dev.settle.abort.AbortSignal;
import dev.settle.web.DeadlineHeader;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Sends the time left of the current signal with a request of {@code RestClient}, unless the request names one itself. */
public final class DeadlineInterceptor implements ClientHttpRequestInterceptor {

    private final DeadlineHeader header;

    /** Creates the interceptor. */
    public DeadlineInterceptor(DeadlineHeader header) {
        this.header = header;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        HttpHeaders headers = request.getHeaders();
        if (!headers.containsHeader(this.header.name())) {
            this.header.value(AbortSignal.current()).ifPresent(left -> headers.set(this.header.name(), left));
        }
        return execution.execute(request, body);
    }
}
