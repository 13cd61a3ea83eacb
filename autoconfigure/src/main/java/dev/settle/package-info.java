/** What a caller of Settle may catch. */
@NullMarked
package dev.settle;

import org.jspecify.annotations.NullMarked;
