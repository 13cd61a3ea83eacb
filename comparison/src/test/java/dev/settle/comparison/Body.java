package dev.settle.comparison;

import java.util.concurrent.CompletionStage;

/** What a guarded, future-returning method does. */
@FunctionalInterface
public interface Body {

    /** Starts the work. */
    CompletionStage<String> start() throws Exception;
}
