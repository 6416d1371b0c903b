/** Who is behind a connection: peers of the socket and, later, tokens. */
@NullMarked
package dev.wharfinger.identity;

import org.jspecify.annotations.NullMarked;
