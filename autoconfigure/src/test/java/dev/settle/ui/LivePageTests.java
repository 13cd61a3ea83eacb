package dev.settle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;

/** The page over HTTP, in both web frameworks, on the management port. */
@ParameterizedClass
@EnumSource(names = {"SERVLET", "REACTIVE"})
class LivePageTests {

    @Parameter
    private WebApplicationType type;

    private static LiveApplication application;

    @BeforeParameterizedClassInvocation
    static void start(WebApplicationType type) {
        application = LiveApplication.start(type);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        application.close();
    }

    @Test
    void pageAndItsFilesAreServedWithStrictHeaders() throws Exception {
        HttpResponse<String> page = application.get("/settleui", "text/html");
        HttpResponse<String> script = application.get("/settleui/main.js");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("settleui/main.js").doesNotContain("@path@");
        assertThat(script.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
        for (HttpResponse<String> answer : List.of(page, script)) {
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .get()
                    .asString()
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void nothingElseIsServed() throws Exception {
        assertThat(application.get("/settleui/index.html").statusCode()).isEqualTo(404);
        assertThat(application.get("/settleui/..%2fFeed.class").statusCode()).isBetween(400, 404);
        assertThat(application.get("/settleui/none.js").statusCode()).isEqualTo(404);
        assertThat(application.get("/settleui/shutdown").statusCode()).isEqualTo(404);
    }

    @Test
    void pageMayHaveAnotherPath() throws Exception {
        try (LiveApplication context =
                LiveApplication.start(this.type, "management.endpoints.web.path-mapping.settleui=see/live")) {
            assertThat(context.get("/see/live", "text/html").body()).contains("\"live/main.js\"");
            assertThat(context.get("/see/live/main.js").statusCode()).isEqualTo(200);
            assertThat(JsonPath.<String>read(context.get("/see/live/frames").body(), "$.frames[0].concurrency"))
                    .isEqualTo("../concurrency");
        }
    }

    @Test
    void pathMayBeWrittenWithSlashes() throws Exception {
        try (LiveApplication context = LiveApplication.start(
                this.type,
                "management.endpoints.web.path-mapping.settleui=/live/",
                "management.endpoints.web.path-mapping.concurrency=/see/calls")) {
            HttpResponse<String> page = context.get("/live", "text/html");

            assertThat(page.body()).contains("\"live/main.js\"");
            assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(JsonPath.<String>read(context.get("/live/frames").body(), "$.frames[0].concurrency"))
                    .isEqualTo("see/calls");
        }
    }

    @Test
    void framesArePolled() throws Exception {
        String first = application.get("/settleui/frames").body();

        assertThat(JsonPath.<List<String>>read(first, "$.frames[0].lanes[*].name"))
                .containsExactly("quote");
        assertThat(JsonPath.<Boolean>read(first, "$.frames[0].writes")).isFalse();
    }
}
