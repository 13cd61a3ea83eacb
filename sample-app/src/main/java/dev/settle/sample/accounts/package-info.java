/** Accounts and transfers between them. */
@NullMarked
package dev.settle.sample.accounts;

import org.jspecify.annotations.NullMarked;
