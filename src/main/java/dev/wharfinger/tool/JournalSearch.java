package dev.wharfinger.tool;

import dev.wharfinger.journal.Journal;
import dev.wharfinger.journal.JournalEntry;
import dev.wharfinger.shift.JsonTree;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is looked for in the journal: entries that fit everything that is named. Words are looked
 * for in the line as it stands before any of it is parsed, so that a million entries take about a
 * second.
 */
record JournalSearch(
        Optional<String> text,
        Optional<String> persona,
        Optional<String> shift,
        Optional<String> rule,
        Optional<Instant> since,
        Optional<Instant> until) {
    private static final int FIRST_BLOCK = 64;
    private static final int LARGEST_BLOCK = 4096;
    private static final String AT = "{\"at\":\"";

    JournalSearch {
        text = text.map(words -> words.toLowerCase(Locale.ROOT));
        persona = persona.map(name -> name.startsWith("/") ? name.substring(1) : name);
    }

    /**
     * The newest that fit, newest first.
     *
     * @param before only entries of a smaller index
     * @throws java.io.UncheckedIOException where an entry is damaged: none is passed over
     */
    List<JournalEntry> newest(Journal journal, long before, int most) {
        var found = new ArrayList<JournalEntry>();
        long size = journal.size();
        if (size > 0) {
            journal.awaitDurable(size - 1);
        }
        int block = FIRST_BLOCK;
        for (long to = Math.min(size, before); to > 0 && found.size() < most; ) {
            long from = Math.max(0, to - block);
            List<JournalEntry> fitting = fitting(journal, from, to).reversed();
            found.addAll(fitting.subList(0, Math.min(fitting.size(), most - found.size())));
            to = from;
            block = Math.min(LARGEST_BLOCK, block * 4);
        }
        return found;
    }

    private List<JournalEntry> fitting(Journal journal, long from, long to) {
        try (Stream<JournalEntry> entries = journal.from(from)) {
            return entries.limit(to - from).filter(entry -> fits(entry.line())).toList();
        }
    }

    private boolean fits(String line) {
        if (!mayHave(line, persona) || !mayHave(line, shift) || !mayHave(line, rule)) {
            return false;
        }
        if (text.filter(words -> !line.toLowerCase(Locale.ROOT).contains(words)).isPresent()) {
            return false;
        }
        if (since.isPresent() || until.isPresent()) {
            Instant at = time(line);
            if (since.filter(at::isBefore).isPresent() || until.filter(at::isAfter).isPresent()) {
                return false;
            }
        }
        return persona.isEmpty() && shift.isEmpty() && rule.isEmpty() || is(JsonTree.read(line));
    }

    /** A look without parsing: false only where the value cannot stand in the entry. */
    private static boolean mayHave(String line, Optional<String> value) {
        return value.filter(word -> isPlain(word) && !line.contains(word)).isEmpty();
    }

    /** Whether it stands in JSON as it is. */
    private static boolean isPlain(String word) {
        return word.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\' && c != '/');
    }

    private boolean is(JsonNode entry) {
        return is(entry, "persona", persona)
                && is(entry, "shift", shift)
                && rule.filter(id -> !lists(entry, id)).isEmpty();
    }

    private static boolean is(JsonNode entry, String name, Optional<String> value) {
        return value.filter(wanted -> !entry.path(name).asString("").equals(wanted)).isEmpty();
    }

    private static boolean lists(JsonNode entry, String rule) {
        for (JsonNode item : entry.path("rules")) {
            if (item.asString().equals(rule)) {
                return true;
            }
        }
        return false;
    }

    /** When the entry was made; its line begins with it. */
    private static Instant time(String line) {
        int end = line.indexOf('"', AT.length());
        return line.startsWith(AT) && end > 0
                ? Instant.parse(line.substring(AT.length(), end))
                : Instant.parse(JsonTree.read(line).path("at").asString());
    }
}
