/** The root holds {@link dev.wharfinger.Main} alone. */
@NullMarked
package dev.wharfinger;

import org.jspecify.annotations.NullMarked;
