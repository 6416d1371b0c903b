/** What this shift has really seen: fresh, stale or never. */
@NullMarked
package dev.wharfinger.sighting;

import org.jspecify.annotations.NullMarked;
