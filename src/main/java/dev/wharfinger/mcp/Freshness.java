package dev.wharfinger.mcp;

/** How long a result may be kept, and whether by others than the caller it was made for. */
public record Freshness(long ttlMillis, boolean shared) {
    /** Ask again each time. */
    public static final Freshness NONE = new Freshness(0, false);

    public Freshness {
        if (ttlMillis < 0) {
            throw new IllegalArgumentException("a time to live is not negative: " + ttlMillis);
        }
    }

    /** The word of the wire for who may keep it. */
    public String scope() {
        return shared ? "public" : "private";
    }
}
