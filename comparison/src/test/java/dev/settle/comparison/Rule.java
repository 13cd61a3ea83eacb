package dev.settle.comparison;

import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** A future-returning method under a library's policies: an annotated one, or a call through its programmatic API. */
@FunctionalInterface
public interface Rule {

    /** Calls the method. */
    CompletableFuture<String> call(Body body) throws Exception;

    /** The same kind of method, with something by which the work can see that it was given up. */
    @FunctionalInterface
    interface Telling {

        /** Calls the method. */
        CompletableFuture<String> call(TellingBody body) throws Exception;
    }

    /** Work that looks whether it was given up. */
    @FunctionalInterface
    interface TellingBody {

        /** Starts the work. */
        CompletionStage<String> start(BooleanSupplier givenUp) throws Exception;
    }

    /** A synchronous method. */
    @FunctionalInterface
    interface Sync {

        /** Calls the method. */
        String call(Callable<String> body) throws Exception;
    }

    /** A method whose lock is decided by its keys. */
    @FunctionalInterface
    interface Keyed {

        /** Calls the method. */
        CompletableFuture<String> call(Collection<String> keys, Body body) throws Exception;
    }

    /** A method whose argument matters. */
    @FunctionalInterface
    interface WithArgument {

        /** Calls the method. */
        CompletableFuture<String> call(String argument, ArgumentBody body) throws Exception;
    }

    /** Work that is given the argument of a call. */
    @FunctionalInterface
    interface ArgumentBody {

        /** Starts the work. */
        CompletionStage<String> start(String argument) throws Exception;
    }
}
