package dev.settle.sample;

import dev.settle.lifecycle.AbortPhases;

/** The order in which the desk shuts down: higher phases first, each when the one before has settled. */
public final class DeskPhases {

    /** No new orders; then the web server answers those it has. */
    public static final int INTAKE = AbortPhases.BEFORE_WEB_DRAIN;

    /** Quotes go to the outbox file. */
    public static final int OUTBOX = 100;

    /** The last known rates are saved. */
    public static final int RATES = 50;

    /** The database is closed. */
    public static final int DATABASE = -100;

    /** The providers go, when nobody can ask them any more. */
    public static final int UPSTREAM = AbortPhases.LAST;

    private DeskPhases() {}
}
