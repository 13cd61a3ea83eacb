/** Auto-configuration for Spring Boot. */
@NullMarked
package dev.settle.autoconfigure;

import org.jspecify.annotations.NullMarked;
