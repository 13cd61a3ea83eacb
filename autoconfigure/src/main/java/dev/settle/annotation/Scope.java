package dev.settle.annotation;

/** Who counts together. */
public enum Scope {
    /** The calls of this instance of the application. */
    LOCAL,
    /** The calls of all instances, through a shared engine. */
    CLUSTER
}
