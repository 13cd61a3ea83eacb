package dev.settle.chaos;

/** The twelve laws that every call obeys, in the order of the specification. */
enum Law {
    SETTLES_ONCE("each future that is handed out settles, exactly once"),
    OWN_FUTURE("cancelling one caller never hurts another, and what nobody wants is cancelled"),
    PERMIT_LIVES_WITH_THE_WORK("a permit is held while the work goes on, and is free when its caller goes on"),
    WAITING_HOLDS_NO_THREAD("an asynchronous call that waits holds no thread, and no interrupt leaks"),
    NO_USER_CODE_UNDER_A_LOCK("user code runs neither under a lock nor on the timer thread"),
    LEAVES_AT_ONCE("a waiter that gives up leaves at once, and no turn is lost"),
    TIME_IS_INJECTED("nothing happens before it is due, by the one clock"),
    TYPED_FAILURES("rejections say all they know, and failures of the user arrive as they are"),
    KEYS_GO_WHEN_IDLE("keyed state lives as long as it is used, and no longer"),
    REFUSED_NOW("a wait that cannot succeed is refused now"),
    DECIDED_AT_START("settings are read and checked once, before the first call"),
    CONTEXT_TRAVELS("the caller's context and signal reach every attempt and completion, and nobody else");

    private final String words;

    Law(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return "Law " + (ordinal() + 1) + ", " + this.words;
    }
}
