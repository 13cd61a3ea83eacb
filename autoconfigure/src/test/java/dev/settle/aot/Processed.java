package dev.settle.aot;

import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.autoconfigure.SettleClusterAutoConfiguration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.aot.AotDetector;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.util.ClassUtils;

/** An application with Settle, prepared ahead of time as the build plugins do it. */
final class Processed {

    private final TestGenerationContext generation = new TestGenerationContext();

    private Processed() {}

    static Processed of(Class<?>... beans) {
        Processed processed = new Processed();
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(beans);
            context.register(SettleAutoConfiguration.class, SettleClusterAutoConfiguration.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, processed.generation);
        }
        processed.generation.writeGeneratedContent();
        return processed;
    }

    RuntimeHints hints() {
        return this.generation.getRuntimeHints();
    }

    /** The classes that were generated as such, by their names. */
    List<String> classes() {
        return this.generation.getGeneratedFiles().getGeneratedFiles(Kind.CLASS).keySet().stream()
                .map(path -> ClassUtils.convertResourcePathToClassName(path).replaceFirst("\\.class$", ""))
                .toList();
    }

    /** Starts what was generated, and nothing else. */
    @SuppressWarnings("unchecked")
    void run(Consumer<GenericApplicationContext> test) {
        // Of the class loader that the test has to itself.
        SpringProperties.setFlag(AotDetector.AOT_ENABLED);
        TestCompiler.forSystem().with(this.generation).compile(compiled -> {
            try (GenericApplicationContext context = new GenericApplicationContext()) {
                compiled.getInstance(ApplicationContextInitializer.class).initialize(context);
                context.refresh();
                test.accept(context);
            }
        });
    }
}
