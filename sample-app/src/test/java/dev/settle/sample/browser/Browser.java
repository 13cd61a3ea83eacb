package dev.settle.sample.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.util.FileSystemUtils;

/** A headless Chromium with a profile of its own, and logs of what it asks for. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path profile;
    private final ChromeDriver driver;

    Browser() {
        try {
            this.profile = Files.createTempDirectory("settle-browser");
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Executables.driver().orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        this.driver = new ChromeDriver(service, options(this.profile));
        this.driver.manage().timeouts().scriptTimeout(PATIENCE.multipliedBy(2));
    }

    private static ChromeOptions options(Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Executables.chromium().orElseThrow().toFile());
        options.setCapability("goog:loggingPrefs", logs);
        // With a profile of its own it begins with a page of its maker.
        options.setExperimentalOption(
                "prefs", Map.of("session.restore_on_startup", 4, "session.startup_urls", List.of("about:blank")));
        return options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1400,1000",
                "--user-data-dir=" + profile);
    }

    void open(URI address) {
        this.driver.get(address.toString());
    }

    /** As the system would say it: {@code light} or {@code dark}. */
    void prefer(String theme) {
        List<?> features = List.of(Map.of("name", "prefers-color-scheme", "value", theme));
        this.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", features));
    }

    /** Of the page, in its own pixels; the window of Chromium itself has a least width. */
    void size(int width, int height) {
        this.driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What is seen now. */
    void picture(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, this.driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    void click(String selector) {
        new WebDriverWait(this.driver, PATIENCE)
                .until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)))
                .click();
    }

    /** As somebody types who is quick: what is sent for each key arrives in its order. */
    void type(String selector, String text) {
        WebElement field = this.driver.findElement(By.cssSelector(selector));
        field.clear();
        Actions keys = new Actions(this.driver).click(field);
        text.codePoints()
                .mapToObj(Character::toString)
                .forEach(key -> keys.sendKeys(key).pause(Duration.ofMillis(40)));
        keys.perform();
    }

    @Nullable
    Object script(String script, Object... arguments) {
        return this.driver.executeScript(script, arguments);
    }

    /** A script that calls its last argument. */
    @Nullable
    Object asyncScript(String script, Object... arguments) {
        return this.driver.executeAsyncScript(script, arguments);
    }

    /** Runs a script in a frame. */
    void scriptIn(String frame, String script) {
        this.driver.switchTo().frame(frame);
        try {
            this.driver.executeScript(script);
        } finally {
            this.driver.switchTo().defaultContent();
        }
    }

    /** What a log has got since it was read last. */
    List<String> log(String type) {
        return this.driver.manage().logs().get(type).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() throws IOException {
        try {
            this.driver.quit();
        } finally {
            FileSystemUtils.deleteRecursively(this.profile);
        }
    }
}
