package dev.settle.comparison;

/** What a run has shown. */
public enum Verdict {
    /** It did what is correct. */
    HELD("held"),
    /** It did something else. */
    BROKEN("**broken**"),
    /** An earlier failure kept the run from getting to the point. */
    NOT_REACHED("not reached"),
    /** The library has nothing for it, as read in its documentation: the only verdict that is not measured. */
    NOT_OFFERED("–");

    private final String shown;

    Verdict(String shown) {
        this.shown = shown;
    }

    String shown() {
        return this.shown;
    }
}
