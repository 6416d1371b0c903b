/** How the server says no: rule ids, refusals, verdicts and the source lines they rest on. */
@NullMarked
package dev.wharfinger.rule;

import org.jspecify.annotations.NullMarked;
