/** Transports: stdio, the keeper's socket and HTTP. They admit and hand over. */
@NullMarked
package dev.wharfinger.server;

import org.jspecify.annotations.NullMarked;
