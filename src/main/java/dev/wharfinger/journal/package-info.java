/** The append-only log: entries, Merkle tree, checkpoints, storage and verification. */
@NullMarked
package dev.wharfinger.journal;

import org.jspecify.annotations.NullMarked;
