package dev.settle.cluster;

import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Something that one has for a time, wherever it is used: it does not belong to a thread. */
public interface Lease {

    /** The number by which a store knows a later owner from an earlier one, if the engine gives any. */
    OptionalLong fencingToken();

    /** Asks for the whole time anew; false when it has been lost. */
    CompletionStage<Boolean> renew();

    /** Gives it back. One that has been lost is not taken from its next owner. */
    CompletionStage<?> release();
}
