package dev.wharfinger.tool;

/** Where a return is noted while the journal is stopped; the next keeper journals it. */
public interface Owed {
    /** Keeps this line of the journal, as durably as can be; never fails. */
    void note(String line);
}
