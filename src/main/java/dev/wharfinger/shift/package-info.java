/** What happened, as events, and their fold into state. */
@NullMarked
package dev.wharfinger.shift;

import org.jspecify.annotations.NullMarked;
