/** PLAN.md and its siblings as structures, edited without losing a byte that is not ours. */
@NullMarked
package dev.wharfinger.ledger;

import org.jspecify.annotations.NullMarked;
