package dev.wharfinger.mcp;

import tools.jackson.databind.node.ObjectNode;

/**
 * Where messages go that are not answers: along with the request they belong to. Neither method
 * blocks; both may be called by any thread.
 */
public interface Outlet {
    /** Sends a message that must arrive: a question to the client, an acknowledgement. */
    void send(ObjectNode message);

    /** Sends a message that may be dropped when the client reads too slowly: progress, logs. */
    void offer(ObjectNode message);

    /** Ends the connection early where the client can come back for the rest; else does nothing. */
    default void rest() {}
}
