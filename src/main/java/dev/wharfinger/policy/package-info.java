/** Decides from facts, touches nothing, and alone mints grants. */
@NullMarked
package dev.wharfinger.policy;

import org.jspecify.annotations.NullMarked;
