package dev.settle.comparison;

/** Something wrong that an application may say, and the start of an application that says it. */
public record Mistake(String what, Start start) {

    /** Starts; throws when the mistake is refused. */
    @FunctionalInterface
    public interface Start {

        /** Starts. */
        void run() throws Exception;
    }
}
