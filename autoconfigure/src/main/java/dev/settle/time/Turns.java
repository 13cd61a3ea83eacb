package dev.settle.time;

/** What the ticker keeps going. It alone takes turns. */
interface Turns {

    /**
     * Does what is to be done now.
     *
     * @return for how many nanoseconds the ticker may rest; zero or less when there is more to do
     */
    long turn();

    /** Whether there has been nothing to do for so long that the ticker may end. */
    boolean isIdle();
}
