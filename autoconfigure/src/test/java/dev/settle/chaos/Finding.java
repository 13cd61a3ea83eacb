package dev.settle.chaos;

/** A law that was broken, and how. */
record Finding(Law law, String what) {

    @Override
    public String toString() {
        return this.law + ": " + this.what;
    }
}
