package dev.settle.sample;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the desk is told by {@code application.yml}.
 *
 * @param data the directory of the desk's files
 * @param providers whom it asks for rates
 */
@ConfigurationProperties("desk")
public record DeskProperties(String data, List<String> providers) {

    /** A file of the desk. */
    public Path file(String name) {
        return Path.of(this.data).resolve(name);
    }
}
