/** What HTTP clients are told when the providers fail. */
@NullMarked
package dev.settle.sample.web;

import org.jspecify.annotations.NullMarked;
