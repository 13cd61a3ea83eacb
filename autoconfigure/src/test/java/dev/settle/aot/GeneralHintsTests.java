package dev.settle.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.proxies;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import dev.settle.annotation.OnAbort;
import dev.settle.annotation.Retry;
import dev.settle.plan.PolicyBindings;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** The hints that every application gets, by {@code aot.factories}. */
class GeneralHintsTests {

    private final RuntimeHints hints = new RuntimeHints();

    @BeforeEach
    void register() {
        ClassLoader loader = getClass().getClassLoader();
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .stream()
                .filter(registrar -> registrar.getClass().getName().startsWith("dev.settle."))
                .forEach(registrar -> registrar.registerHints(this.hints, loader));
    }

    @Test
    void theAnnotationOfEachPolicyMayBeRead() {
        assertThat(PolicyBindings.OUTERMOST_FIRST).allSatisfy(binding -> readable(binding.annotation()));
        readable(OnAbort.class);
    }

    private void readable(Class<?> annotation) {
        assertThat(reflection().onType(annotation).withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS))
                .as(annotation.getName())
                .accepts(this.hints);
    }

    @Test
    void anAnnotationMayBeMergedFromAnother() {
        assertThat(proxies().forInterfaces(Retry.class)).accepts(this.hints);
    }

    @Test
    void whatIsAskedForByNameIsFound() {
        assertThat(List.of("reactor.core.scheduler.Schedulers", "reactor.core.publisher.Flux"))
                .allSatisfy(name ->
                        assertThat(reflection().onType(TypeReference.of(name))).accepts(this.hints));
    }

    @Test
    void theFilesOfTheLivePageAreKept() {
        assertThat(List.of("index.html", "main.js", "page.css", "icon.svg"))
                .allSatisfy(file -> assertThat(resource().forResource("dev/settle/ui/page/" + file))
                        .accepts(this.hints));
    }
}
