/** Commands, configuration and the wiring by hand. */
@NullMarked
package dev.wharfinger.cli;

import org.jspecify.annotations.NullMarked;
