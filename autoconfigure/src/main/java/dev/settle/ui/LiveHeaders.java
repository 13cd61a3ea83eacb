package dev.settle.ui;

import java.util.Map;

/** What the page's answers say to browsers: nothing from elsewhere, nothing inline, nobody else around it. */
final class LiveHeaders {

    static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store",
            // A proxy that collects events before it hands them on would show the past.
            "X-Accel-Buffering",
            "no");

    private LiveHeaders() {}
}
