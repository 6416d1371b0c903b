/** One declared argument list: run, limited, confined, redacted. */
@NullMarked
package dev.wharfinger.command;

import org.jspecify.annotations.NullMarked;
