package dev.settle.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.sample.Desk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page fits into wide and narrow windows. Its pictures are left in {@code target/pictures}, to be looked at. */
@NeedsBrowser
class PicturesBrowserTests {

    private static final Path PICTURES = Path.of("target/pictures");

    private static Desk desk;
    private static Browser browser;
    private static Pages pages;

    @BeforeAll
    static void open(@TempDir Path data) {
        closeUnderWay(data);
        desk = Desk.open(
                data,
                "settle.policies.provider.throttle.window=2s",
                "desk.upstream.quota.window=2s",
                "desk.upstream.faults.failures=0.15",
                "desk.upstream.faults.resets=0.05",
                "desk.upstream.faults.hangs=0.1",
                "desk.upstream.faults.latency=120ms");
        browser = new Browser();
        pages = new Pages(browser);
    }

    /** So that the last shutdown had something to do. */
    private static void closeUnderWay(Path data) {
        try (Desk earlier = Desk.open(data, "desk.upstream.faults.latency=300ms", "desk.outbox-interval=1h")) {
            List<CompletableFuture<?>> orders = IntStream.range(0, 20)
                    .<CompletableFuture<?>>mapToObj(order -> earlier.postAsync("/quotes", Desk.ORDER))
                    .toList();
            await().until(() -> orders.stream().anyMatch(CompletableFuture::isDone));
        }
    }

    @AfterAll
    static void close() throws IOException {
        try (Desk closing = desk) {
            browser.close();
        }
    }

    static Stream<Arguments> looks() {
        return Stream.of("light", "dark")
                .flatMap(theme -> Stream.of(1400, 800, 400).map(width -> Arguments.of(theme, width)));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void everyPageFitsIntoTheWindow(String theme, int width) {
        String name = theme + "-" + width;
        browser.prefer(theme);
        browser.size(width, 900);
        browser.open(desk.address());
        await().until(pages::isLive);
        browser.type("#search-text", "dollar");
        browser.click("#quote-many");
        await().until(() -> pages.count("quotes-answered") >= 3);
        check("desk-" + name);

        browser.open(desk.address().resolve("/actuator/settleui"));
        await().until(pages::isLive);
        CompletableFuture<?> orders = desk.postAsync("/quotes/burst?times=20", Desk.ORDER);
        await().until(() -> pages.lane("rates", "waiting") > 0);
        desk.get("/search?session=a&text=yen");
        await().until(orders::isDone);
        check("lanes-" + name);

        browser.click("[data-open=rates]");
        await().until(() -> browser.script("return document.querySelector('#details [data-setting]')") != null);
        check("details-" + name);
        browser.click("#details-close");

        browser.click("nav [href='#shutdown']");
        await().until(() -> !pages.shutdown().isEmpty());
        check("shutdown-" + name);
    }

    private static void check(String name) {
        browser.picture(PICTURES.resolve(name + ".png"));
        assertThat(
                        browser.script(
                                "const {scrollWidth, clientWidth} = document.documentElement; return scrollWidth - clientWidth"))
                .as("%s: how far it can be moved sideways", name)
                .isEqualTo(0L);
    }
}
