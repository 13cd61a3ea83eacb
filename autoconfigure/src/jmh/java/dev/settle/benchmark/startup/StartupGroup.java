package dev.settle.benchmark.startup;

import dev.settle.benchmark.Effort;
import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Group;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** What is added to the start of an application with twenty beans: ten processes each, taking turns. */
public final class StartupGroup implements Group {

    private static final String ADDED = "added: ";

    @Override
    public String letter() {
        return "E";
    }

    @Override
    public String title() {
        return "Start-up";
    }

    @Override
    public List<Figure> measure(Effort effort) throws IOException, InterruptedException {
        int runs = (effort == Effort.FULL) ? 10 : 1;
        Path directory = Files.createTempDirectory("settle-startup");
        Samples samples = new Samples(letter());
        try {
            Map<Subject, Path> beans = new EnumMap<>(Subject.class);
            for (Subject subject : Subject.values()) {
                beans.put(subject, BeanSources.compile(directory, subject));
            }
            for (int run = 0; run < runs; run++) {
                for (Subject subject : Subject.values()) {
                    samples.add("", subject.title(), child(subject).run(List.of(beans.get(subject))));
                }
            }
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
        return withAdded(samples.figures());
    }

    @Override
    public String notes(List<Figure> figures) {
        return """

                Twenty beans with two methods each, in processes that take turns. *Added* is the difference to the median of the
                same beans without annotations, with nothing but Spring Boot on the class path. No process has more on its class
                path than its own library and what that brings along.

                Limits. Of what is added where no bean uses it, most is what Spring does for each class and bean of an
                auto-configuration: reading, conditions, a factory method, a proxy creator that looks at every bean. Made only
                when the first annotated bean is found, there were 137 classes in place of 281; that was given up: it led
                every part of the start another way, for little time. Twenty beans need a class of CGLIB's each, as with
                Spring's own annotations, and have four policies there, not two.
                """;
    }

    private static Child child(Subject subject) {
        return new Child(
                Application.class, subject.library(), List.of("-Xmx256m", "-XX:+UseSerialGC"), Duration.ofSeconds(60));
    }

    /** The differences to the beans without annotations, median less median: the runs of two subjects are no pairs. */
    private static List<Figure> withAdded(List<Figure> figures) {
        List<Figure> all = new ArrayList<>(figures);
        for (Figure plain : figures) {
            if (plain.subject().equals(Subject.PLAIN.title())) {
                figures.stream()
                        .filter(figure -> figure != plain && figure.scenario().equals(plain.scenario()))
                        .map(figure -> added(figure, plain))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static Figure added(Figure figure, Figure plain) {
        List<Double> differences =
                figure.samples().stream().map(sample -> sample - plain.median()).toList();
        return new Figure(figure.group(), ADDED + figure.scenario(), figure.subject(), figure.unit(), differences);
    }
}
