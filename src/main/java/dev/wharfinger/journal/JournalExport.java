package dev.wharfinger.journal;

import java.util.stream.Stream;

/** A journal as text for other programs. */
public enum JournalExport {
    /**
     * The entries as they were appended, one a line: line n, without its line feed, is the leaf
     * n-1, so that the root can be computed from the export alone.
     */
    JSONL {
        @Override
        public Stream<String> lines(Stream<JournalEntry> entries) {
            return entries.map(JournalEntry::line);
        }
    },

    /**
     * Index, leaf hash in hex and the line, with a header (RFC 4180, lines end with a line feed).
     */
    CSV {
        @Override
        public Stream<String> lines(Stream<JournalEntry> entries) {
            return Stream.concat(
                    Stream.of("index,leaf,line"),
                    entries.map(entry ->
                            entry.index()
                                    + ","
                                    + entry.leaf().hex()
                                    + ",\""
                                    + entry.line().replace("\"", "\"\"")
                                    + "\""));
        }
    };

    /** The export, line by line, without line feeds. */
    public abstract Stream<String> lines(Stream<JournalEntry> entries);
}
