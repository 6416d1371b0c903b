/** Environments, targets, steps, the runner, fences and receipts. */
@NullMarked
package dev.wharfinger.deploy;

import org.jspecify.annotations.NullMarked;
