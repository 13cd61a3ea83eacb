package dev.settle.chaos;

/** What a method does on one attempt. */
enum Fate {
    VALUE,
    NULL_VALUE,
    NULL_FUTURE,
    THROWS,
    THROWS_ERROR,
    FAILS,
    FAILS_WRAPPED,
    CANCELS_ITSELF,
    SETTLES_LATER,
    SETTLES_BY_HAND,
    IGNORES_CANCEL,
    SETTLES_WHEN_TOLD,
    CALLS_ITSELF;

    static Fate random(Dice dice) {
        return dice.chance(55) ? dice.one(VALUE, FAILS, SETTLES_LATER, SETTLES_BY_HAND) : dice.one(values());
    }
}
