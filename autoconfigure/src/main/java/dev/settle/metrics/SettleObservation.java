package dev.settle.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * Every observation of Settle. {@code management.observations.enable.settle=false} switches them off.
 *
 * <p>Its parent is what is observed where the call is made, also when an attempt runs later on another thread. What the
 * method does is inside its attempt.
 */
public enum SettleObservation implements ObservationDocumentation {

    /** A call, with all its attempts and waits. */
    CALL {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return CallObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return CallKeys.values();
        }
    },

    /** One attempt of a call: the method, and the future that it returns. */
    ATTEMPT {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return AttemptObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return AttemptKeys.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return AttemptNumber.values();
        }
    };

    @Override
    public String getPrefix() {
        return "";
    }

    /** Keys of a call. */
    public enum CallKeys implements KeyName {
        /** The name of the method's policies. */
        NAME {
            @Override
            public String asString() {
                return "name";
            }
        },
        /** How the call has ended, as in {@link SettleMeters#CALLS}. */
        OUTCOME {
            @Override
            public String asString() {
                return "outcome";
            }
        }
    }

    /** Keys of an attempt. */
    public enum AttemptKeys implements KeyName {
        /** The name of the method's policies. */
        NAME {
            @Override
            public String asString() {
                return "name";
            }
        },
        /** How the attempt has ended: {@code success}, {@code failure}. */
        OUTCOME {
            @Override
            public String asString() {
                return "outcome";
            }
        }
    }

    /** Keys of an attempt that have many values. */
    public enum AttemptNumber implements KeyName {
        /** The number of the attempt, from one. */
        ATTEMPT {
            @Override
            public String asString() {
                return "attempt";
            }
        }
    }
}
