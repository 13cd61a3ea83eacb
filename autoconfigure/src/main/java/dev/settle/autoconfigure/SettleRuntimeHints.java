package dev.settle.autoconfigure;

import dev.settle.annotation.AbortPhase;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.OnAbort;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import java.lang.annotation.Annotation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What Settle reaches by name in every application; what single beans add is found with their plans. */
final class SettleRuntimeHints implements RuntimeHintsRegistrar {

    private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(
            AbortPhase.class,
            Bulkhead.class,
            Debounce.class,
            Exclusive.class,
            OnAbort.class,
            Retry.class,
            Throttle.class,
            Timeout.class,
            Timeout.List.class);

    /** Called by reflection, because the library is compiled for Java 17. */
    private static final List<String> OF_VIRTUAL_THREADS =
            List.of("java.lang.Thread", "java.lang.Thread$Builder", "java.util.concurrent.Executors");

    /** Classes by which Settle sees what the application has, and which it does not touch otherwise. */
    private static final List<String> ASKED_FOR = List.of(
            "reactor.core.scheduler.Schedulers", "reactor.core.publisher.Flux", "kotlinx.coroutines.reactor.MonoKt");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        // Merged from composed annotations, an annotation is a proxy of its type, and its attributes are called.
        ANNOTATIONS.forEach(type -> {
            hints.reflection().registerType(type, MemberCategory.INVOKE_DECLARED_METHODS);
            hints.proxies().registerJdkProxy(type);
        });
        OF_VIRTUAL_THREADS.forEach(
                name -> hints.reflection().registerTypeIfPresent(loader, name, MemberCategory.INVOKE_PUBLIC_METHODS));
        hints.resources().registerPattern("dev/settle/ui/page/*");
        ASKED_FOR.forEach(name -> hints.reflection().registerTypeIfPresent(loader, name));
    }
}
