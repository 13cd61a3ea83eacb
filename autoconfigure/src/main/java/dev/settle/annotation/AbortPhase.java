package dev.settle.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Asks for the {@code AbortGroup} of a phase at an injection point; without it the group of phase 0 is injected. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD})
public @interface AbortPhase {

    /** The phase of Spring's lifecycle; higher phases settle first. */
    int value();
}
