package dev.settle.chaos;

import dev.settle.core.CallContext;
import dev.settle.core.PolicyBinding;
import dev.settle.core.Step;
import dev.settle.time.TimeSource;

/** Where a bug can be planted on purpose; as it stands it is none. */
interface Flaw {

    Flaw NONE = new Flaw() {
        @Override
        public boolean mayWait() {
            return true;
        }
    };

    /** Whether calls may be made that wait on this thread: those that a flaw lets down never come back. */
    default boolean mayWait() {
        return false;
    }

    /** A step in the place of that of a policy. */
    default Step step(Rule<?> rule, Step step, Given given) {
        return step;
    }

    /** A binding in the place of that of a policy. */
    default <S> PolicyBinding<S> binding(PolicyBinding<S> binding) {
        return binding;
    }

    /** A clock in the place of the right one. */
    default TimeSource time(TimeSource time) {
        return time;
    }

    /** A context in the place of the right one. */
    default CallContext context(CallContext context) {
        return context;
    }
}
