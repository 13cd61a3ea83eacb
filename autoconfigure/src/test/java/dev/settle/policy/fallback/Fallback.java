package dev.settle.policy.fallback;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Gives a fixed text instead of a failure: a seventh policy, written as a user of the library would write one. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Fallback {

    /** The policy name for {@code application.yml}, metrics and endpoints; default {@code beanName.methodName}. */
    String name() default "";

    /** The text; must not be empty. */
    String value();
}
