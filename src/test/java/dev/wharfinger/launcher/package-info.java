/** Tests of the shell script {@code wharf}. */
@NullMarked
package dev.wharfinger.launcher;

import org.jspecify.annotations.NullMarked;
