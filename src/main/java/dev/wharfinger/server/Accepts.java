package dev.wharfinger.server;

import dev.wharfinger.mcp.Headers;

import java.util.List;
import java.util.Locale;

/**
 * What a client takes as an answer. It should list both types; one of them, a wildcard, or nothing
 * at all will do.
 */
record Accepts(boolean json, boolean stream, boolean prefersStream) {
    /** As the specification has clients write it, and nearly all do. */
    private static final String USUAL = "application/json, text/event-stream";

    private static final Accepts BOTH = new Accepts(true, true, false);

    static Accepts of(Headers headers) {
        List<String> values = headers.all("Accept");
        if (values.size() == 1 && values.getFirst().equals(USUAL)) {
            return BOTH;
        }
        if (values.isEmpty()) {
            return new Accepts(true, false, false);
        }
        int json = Integer.MAX_VALUE;
        int stream = Integer.MAX_VALUE;
        int at = 0;
        for (String part : String.join(",", values).split(",", 64)) {
            int end = part.indexOf(';');
            String type = (end < 0 ? part : part.substring(0, end)).strip();
            switch (type.toLowerCase(Locale.ROOT)) {
                case "application/json", "application/*" -> json = Math.min(json, at);
                case "text/event-stream", "text/*" -> stream = Math.min(stream, at);
                case "*/*" -> {
                    json = Math.min(json, at);
                    stream = Math.min(stream, at);
                }
                default -> {}
            }
            at++;
        }
        return new Accepts(json != Integer.MAX_VALUE, stream != Integer.MAX_VALUE, stream < json);
    }

    boolean nothing() {
        return !json && !stream;
    }
}
