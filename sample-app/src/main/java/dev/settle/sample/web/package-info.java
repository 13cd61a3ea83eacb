/** What HTTP clients are told when something fails. */
@NullMarked
package dev.settle.sample.web;

import org.jspecify.annotations.NullMarked;
