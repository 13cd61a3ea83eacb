package dev.settle.lifecycle;

import dev.settle.abort.AbortGroup;

/** The phases of Spring Boot's shutdown that cleanups refer to; higher ones come first. See {@link AbortGroup#phase()}. */
public final class AbortPhases {

    /** While the web server still takes requests: stop taking in work from elsewhere. */
    public static final int BEFORE_WEB_DRAIN = Integer.MAX_VALUE - 512;

    /** Together with the web server's graceful shutdown, which waits for the requests it has; calls are waited for here. */
    public static final int WEB_DRAIN = Integer.MAX_VALUE - 1024;

    /** When the web server has stopped. */
    public static final int AFTER_WEB_STOP = Integer.MAX_VALUE - 2049;

    /** When Spring's executors and schedulers have stopped. */
    public static final int AFTER_EXECUTORS = Integer.MAX_VALUE / 2 - 1;

    /** The phase of beans that name none, and of plain {@code Lifecycle} beans such as Redis connection factories. */
    public static final int DEFAULT = 0;

    /** After all other phases, before beans are destroyed. */
    public static final int LAST = Integer.MIN_VALUE;

    private AbortPhases() {}

    /** What people call a phase: the name of its constant, or its number. */
    public static String nameOf(int phase) {
        return switch (phase) {
            case BEFORE_WEB_DRAIN -> "BEFORE_WEB_DRAIN";
            case WEB_DRAIN -> "WEB_DRAIN";
            case AFTER_WEB_STOP -> "AFTER_WEB_STOP";
            case AFTER_EXECUTORS -> "AFTER_EXECUTORS";
            case LAST -> "LAST";
            default -> String.valueOf(phase);
        };
    }
}
