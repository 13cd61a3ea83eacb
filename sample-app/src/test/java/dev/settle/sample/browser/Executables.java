package dev.settle.sample.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the browser is: what the machine has, nothing is downloaded. */
final class Executables {

    private Executables() {}

    static Optional<Path> chromium() {
        return first("chromium", "chromium-browser", "google-chrome");
    }

    static Optional<Path> driver() {
        return first("chromedriver");
    }

    private static Optional<Path> first(String... names) {
        return Stream.of(names)
                .flatMap(name -> folders().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> folders() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                Stream.of(Path.of("/usr/bin")),
                Stream.of(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of));
    }
}
