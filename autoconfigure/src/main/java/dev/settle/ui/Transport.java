package dev.settle.ui;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;

/** How answers leave, which is not the same in every web framework. */
public interface Transport {

    /** An answer with the page's headers, where the framework has a place for them. */
    default Object answer(int status, MimeType type, Object body) {
        return new WebEndpointResponse<>(body, status, type);
    }

    /** A stream of events; a 503 where there is none, and the page polls. */
    default Object stream(Feed feed) {
        return new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
    }
}
