/** The endpoints and the health of Spring Boot's actuator: they read what calls leave behind, and lock nothing of theirs. */
@NullMarked
package dev.settle.actuate;

import org.jspecify.annotations.NullMarked;
