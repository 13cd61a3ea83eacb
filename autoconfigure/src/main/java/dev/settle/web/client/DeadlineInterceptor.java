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

    private static final String SENT = DeadlineInterceptor.class.getName() + ".sent";

    private final DeadlineHeader header;

    /** Creates the interceptor. */
    public DeadlineInterceptor(DeadlineHeader header) {
        this.header = header;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        HttpHeaders headers = request.getHeaders();
        String present = headers.getFirst(this.header.name());
        // One that retries in front of this comes with what was sent the first time.
        if (present == null || present.equals(request.getAttributes().get(SENT))) {
            headers.remove(this.header.name());
            this.header.value(AbortSignal.current()).ifPresent(left -> {
                headers.set(this.header.name(), left);
                request.getAttributes().put(SENT, left);
            });
        }
        return execution.execute(request, body);
    }
}
