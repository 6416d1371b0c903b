package dev.wharfinger.mcp;

import java.util.List;

/** What a listener wants to hear of. */
public record Interest(boolean tools, boolean prompts, boolean resources, List<String> uris) {
    public Interest {
        uris = List.copyOf(uris);
    }
}
