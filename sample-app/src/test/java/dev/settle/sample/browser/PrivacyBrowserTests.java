package dev.settle.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.sample.Desk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.logging.LogType;
import tools.jackson.databind.json.JsonMapper;

/** The pages keep to themselves: they ask no other host, and do nothing that their policy forbids. */
@NeedsBrowser
class PrivacyBrowserTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> INSIDE = Set.of("data", "blob", "about", "chrome");

    @TempDir
    Path data;

    private Desk desk;
    private Browser browser;
    private Pages pages;

    @BeforeEach
    void open() {
        this.desk = Desk.open(this.data);
        this.browser = new Browser();
        this.pages = new Pages(this.browser);
    }

    @AfterEach
    void close() throws IOException {
        try (Desk closing = this.desk) {
            this.browser.close();
        }
    }

    @Test
    void asksNoOtherHostAndForbidsItselfNothing() {
        this.browser.open(this.desk.address());
        await().until(this.pages::isLive);
        this.browser.type("#search-text", "yen");
        this.browser.click("#quote");
        this.browser.click("#transfer-one");
        this.browser.click("#permits-set");
        await().until(() ->
                this.pages.count("quotes-answered") == 1 && this.pages.hits().contains("JPY"));
        this.browser.open(this.desk.address().resolve("/actuator/settleui"));
        await().until(this.pages::isLive);
        this.browser.click("[data-open=rates]");
        await().until(() -> this.browser.script("return document.querySelector('#details [data-setting]')") != null);
        this.browser.click("nav [href='#shutdown']");

        List<URI> asked = asked();

        assertThat(asked)
                .extracting(URI::getPath)
                .contains("/", "/search", "/actuator/settleui", "/actuator/settleui/stream");
        assertThat(asked).allMatch(PrivacyBrowserTests::isHere);
        assertThat(forbidden()).isEmpty();
    }

    @Test
    void mayNotAskAnotherHost() {
        for (String page : List.of("/", "/actuator/settleui")) {
            this.browser.open(this.desk.address().resolve(page));
            await().until(this.pages::isLive);
            assertThat(forbidden()).isEmpty();

            this.browser.script("fetch('http://host.invalid/').catch(() => {})");

            await().untilAsserted(() -> assertThat(forbidden()).isNotEmpty());
        }
        assertThat(asked()).allMatch(PrivacyBrowserTests::isHere);
    }

    private List<URI> asked() {
        return this.browser.log(LogType.PERFORMANCE).stream()
                .map(entry -> JSON.readTree(entry).get("message"))
                .filter(message ->
                        message.get("method").asString().matches("Network\\.(requestWillBeSent|webSocketCreated)"))
                .map(message -> message.get("params"))
                .map(params -> params.path("request")
                        .path("url")
                        .asString(params.path("url").asString("")))
                .map(URI::create)
                .toList();
    }

    private List<String> forbidden() {
        return this.browser.log(LogType.BROWSER).stream()
                .filter(line -> line.contains("Content Security Policy"))
                .toList();
    }

    private static boolean isHere(URI address) {
        return INSIDE.contains(address.getScheme()) || HOSTS.contains(address.getHost());
    }
}
