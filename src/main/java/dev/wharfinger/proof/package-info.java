/** Readers of reports, lockfiles and secrets: proofs bound to a source digest. */
@NullMarked
package dev.wharfinger.proof;

import org.jspecify.annotations.NullMarked;
