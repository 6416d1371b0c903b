package dev.wharfinger.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Goes through entries that are known to be on disk, reading them as they are taken. */
final class EntryCursor implements Iterator<JournalEntry> {
    private final FrameReader frames;
    private final long to;

    /** The entries up to {@code to}, from where the reader stands. */
    EntryCursor(FrameReader frames, long to) {
        this.frames = frames;
        this.to = to;
    }

    @Override
    public boolean hasNext() {
        return frames.size() < to;
    }

    @Override
    public JournalEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException("entry " + frames.size());
        }
        try {
            if (!frames.next()) {
                throw new IOException(
                        "entry "
                                + frames.size()
                                + " is damaged: "
                                + frames.damage().orElse("gone"));
            }
            return frames.entry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
