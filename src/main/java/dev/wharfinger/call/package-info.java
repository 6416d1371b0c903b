/** The one door and what passes it: tool calls, outcomes, the catalogue and the gatekeeper. */
@NullMarked
package dev.wharfinger.call;

import org.jspecify.annotations.NullMarked;
