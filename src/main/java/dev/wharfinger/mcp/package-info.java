/** JSON-RPC and the Model Context Protocol in both eras: bytes to calls, outcomes to bytes. */
@NullMarked
package dev.wharfinger.mcp;

import org.jspecify.annotations.NullMarked;
