package dev.settle.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Where settings are written, each read as Boot reads it; what is added later counts more. */
final class Sources {

    private Sources() {}

    static ApplicationContextRunner yaml(ApplicationContextRunner runner, String text) {
        return with(runner, load(new YamlPropertySourceLoader(), "application.yml", text));
    }

    static ApplicationContextRunner properties(ApplicationContextRunner runner, String text) {
        return with(runner, load(new PropertiesPropertySourceLoader(), "application.properties", text));
    }

    /** The name's end tells Boot how to read the names in it. */
    static ApplicationContextRunner variable(ApplicationContextRunner runner, String name, String value) {
        return with(runner, new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(name, value)));
    }

    private static ApplicationContextRunner with(ApplicationContextRunner runner, PropertySource<?> source) {
        return runner.withInitializer(
                context -> context.getEnvironment().getPropertySources().addFirst(source));
    }

    private static PropertySource<?> load(PropertySourceLoader loader, String name, String text) {
        try {
            return loader.load(name, new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8), name))
                    .get(0);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
