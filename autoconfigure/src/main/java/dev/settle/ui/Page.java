package dev.settle.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;
import org.springframework.util.StringUtils;

/** The files of the page, which lie in the jar side by side. */
final class Page {

    static final MimeType HTML = new MimeType("text", "html", StandardCharsets.UTF_8);

    private static final Map<String, MimeType> TYPES = Map.of(
            "css", new MimeType("text", "css", StandardCharsets.UTF_8),
            "js", new MimeType("text", "javascript", StandardCharsets.UTF_8),
            "svg", new MimeType("image", "svg+xml"));

    /** No dots but the one before the type: nothing leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*\\.(css|js|svg)");

    private Page() {}

    /**
     * The page itself.
     *
     * @param path what its own address ends with, below which its files are
     */
    static String html(String path) {
        try {
            return resource("index.html")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .replace("@path@", path);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** One of its files; null when there is none. */
    static @Nullable Resource file(String name) {
        Resource resource = resource(name);
        return (NAME.matcher(name).matches() && resource.exists()) ? resource : null;
    }

    static MimeType type(String name) {
        return TYPES.getOrDefault(String.valueOf(StringUtils.getFilenameExtension(name)), HTML);
    }

    private static Resource resource(String name) {
        return new ClassPathResource("page/" + name, Page.class);
    }
}
