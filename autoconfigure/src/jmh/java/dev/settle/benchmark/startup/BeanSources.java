package dev.settle.benchmark.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;

/** Writes and compiles the same twenty beans with two methods each, with other annotations for each subject. */
final class BeanSources {

    private static final int COUNT = 20;

    private static final String BEAN = """
            public class Bean%d {
              %s
              public java.util.concurrent.CompletableFuture<String> one(String in) {
                return java.util.concurrent.CompletableFuture.completedFuture(in);
              }
              %s
              public java.util.concurrent.CompletableFuture<String> two(String in) {
                return java.util.concurrent.CompletableFuture.completedFuture(in);
              }
            }
            """;

    private static final String ALL = """
            public class AllBeans implements dev.settle.benchmark.startup.Beans {
              %s
              static class Configuration {}
              public java.util.List<Class<?>> types() {
                return java.util.List.of(Configuration.class, %s);
              }
              public void callEach(org.springframework.beans.factory.BeanFactory beans) {
                %s
              }
            }
            """;

    private BeanSources() {}

    /**
     * Writes and compiles them.
     *
     * @return a directory of classes
     */
    static Path compile(Path directory, Subject subject) throws IOException {
        Path home = Files.createDirectories(directory.resolve(subject.name().toLowerCase(java.util.Locale.ROOT)));
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-d", home.toString(), "-cp", subject.library().classPath()));
        for (int i = 0; i < COUNT; i++) {
            arguments.add(write(
                    home.resolve("Bean" + i + ".java"),
                    BEAN.formatted(i, subject.annotations(), subject.annotations())));
        }
        arguments.add(write(
                home.resolve("AllBeans.java"),
                ALL.formatted(
                        subject.configuration(),
                        each("Bean%d.class", ", "),
                        each("beans.getBean(Bean%d.class).one(\"in\").join();", "\n"))));
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("The beans of " + subject + " cannot be compiled");
        }
        return home;
    }

    private static String each(String text, String between) {
        return IntStream.range(0, COUNT).mapToObj(text::formatted).collect(Collectors.joining(between));
    }

    private static String write(Path file, String source) throws IOException {
        return Files.writeString(file, source).toString();
    }
}
