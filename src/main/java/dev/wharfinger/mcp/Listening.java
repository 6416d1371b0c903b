package dev.wharfinger.mcp;

/** A running promise to tell changes; ends when closed. */
public interface Listening extends AutoCloseable {
    /** What of the interest is honoured. */
    Interest honoured();

    /** Tells nothing from here on. */
    @Override
    void close();
}
