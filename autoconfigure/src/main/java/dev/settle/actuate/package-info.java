/**
 * The endpoints and the health of Spring Boot's actuator: they read what calls leave behind, and lock nothing of theirs.
 *
 * <p>What is a bean is not final: an application's aspect on all beans has to be able to put a proxy around it.
 */
@NullMarked
package dev.settle.actuate;

import org.jspecify.annotations.NullMarked;
