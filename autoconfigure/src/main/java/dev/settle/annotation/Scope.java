package dev.settle.annotation;

/** Who counts together. */
public enum Scope {
    /** The calls of this instance of the application. */
    LOCAL,
    /**
     * The calls of all instances, through Redis or Valkey: the application needs {@code org.redisson:redisson}, and says where
     * Redis is. Without that it does not start. {@code settle.cluster.*} has the settings.
     */
    CLUSTER
}
