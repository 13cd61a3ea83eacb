package dev.settle.core;

import dev.settle.core.PolicyContext.Shutdown;
import dev.settle.time.TimeSource;
import java.util.function.Function;

/** What the policies of a method are given, without an application: nothing is shared with other methods. */
public final class Contexts {

    private Contexts() {}

    public static PolicyContext of(TimeSource time) {
        return of(time, (name, cleanup) -> {});
    }

    public static PolicyContext of(TimeSource time, Shutdown shutdown) {
        return new PolicyContext(PlannedMethod.NAME, false, time, new Unshared(), shutdown, Clustering.none());
    }

    public static PolicyContext ofStream(TimeSource time) {
        return of(time).forMethod(PlannedMethod.NAME, true);
    }

    private static final class Unshared implements PolicyContext.Shared {

        @Override
        public <T> T get(Class<T> type, String name, Function<String, T> maker) {
            return maker.apply(name);
        }
    }
}
