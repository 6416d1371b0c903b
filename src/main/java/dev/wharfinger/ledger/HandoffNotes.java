package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Item;
import dev.wharfinger.markdown.Section;
import dev.wharfinger.rule.Source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * HANDOFF_NOTES.md: what personas leave for one another. Reading never fails; a file that gives no
 * outline has no notes, and its facts are its bytes.
 */
public final class HandoffNotes {
    private static final List<String> BEFORE =
            List.of(
                    "to",
                    "for",
                    "next",
                    "next agent",
                    "next persona",
                    "next command",
                    "handoff",
                    "handoff to",
                    "hand off to",
                    "notes for",
                    "attention",
                    "cc",
                    "run",
                    "trigger",
                    "an",
                    "für");

    private final LedgerText text;

    private HandoffNotes(LedgerText text) {
        this.text = text;
    }

    /** The notes in these bytes. */
    public static HandoffNotes parse(String file, byte[] bytes) {
        return new HandoffNotes(LedgerText.of(file, bytes));
    }

    /** The file with one more briefing; nothing for {@code now} where the file is missing. */
    public static Written add(String file, Optional<byte[]> now, Briefing briefing)
            throws LedgerUnwritable {
        return Briefings.add(
                LedgerText.of(file, now.orElseGet(LedgerFile.HANDOFF::template)), briefing);
    }

    /** Why the file gives no outline, with its line, where it gives none. */
    public Optional<String> problem() {
        return text.problem()
                .map(found -> new Source(text.file(), found.line()) + ": " + found.reason());
    }

    /**
     * What is said to the persona of that command, in the order of the file: the sections that are
     * headed with it (whole), and elsewhere the items, rows and paragraphs that address it.
     */
    public List<Note> notesFor(String command) {
        var notes = new ArrayList<Note>();
        text.outline().preamble().forEach(block -> collect(block, command, notes));
        text.outline().sections().forEach(section -> collect(section, command, notes));
        return notes;
    }

    /** The digest of what is said to that persona. */
    public String factsDigest(String command) {
        if (text.problem().isPresent()) {
            return Facts.ofBytes(text.bytes());
        }
        var facts = new Facts();
        notesFor(command).forEach(note -> facts.add("note", note.text()));
        return facts.digest();
    }

    private void collect(Section section, String command, List<Note> notes) {
        if (addresses(section.title(), command)) {
            notes.add(note(section.line(), section.endLine()));
            return;
        }
        section.blocks().forEach(block -> collect(block, command, notes));
        section.children().forEach(child -> collect(child, command, notes));
    }

    private void collect(Block block, String command, List<Note> notes) {
        switch (block) {
            case Block.Paragraph(var line, var end, var said) -> {
                if (addresses(said, command)) {
                    notes.add(note(line, end));
                }
            }
            case Block.Quote quote ->
                    quote.blocks().forEach(inner -> collect(inner, command, notes));
            case Block.BulletList list ->
                    list.items().forEach(item -> collect(item, command, notes));
            case Block.Table table -> {
                for (var row : table.rows()) {
                    boolean named =
                            row.cells().stream()
                                    .anyMatch(cell ->
                                            addresses(cell.text(), command)
                                                    || cell.text()
                                                            .replace("`", "")
                                                            .strip()
                                                            .equals(command));
                    if (named) {
                        notes.add(note(row.line(), row.line()));
                    }
                }
            }
            case Block.Code _, Block.Other _ -> {}
        }
    }

    private void collect(Item item, String command, List<Note> notes) {
        if (addresses(item.text(), command)) {
            notes.add(note(item.line(), item.endLine()));
        } else {
            item.children().forEach(child -> collect(child, command, notes));
        }
    }

    private Note note(int line, int endLine) {
        var lines = new ArrayList<String>();
        for (int i = line; i <= text.lastFilled(endLine); i++) {
            lines.add(text.line(i).stripTrailing());
        }
        return new Note(String.join("\n", lines), new Source(text.file(), line));
    }

    /** Whether a mention of the command stands where an addressee stands. */
    static boolean addresses(String said, String command) {
        var name = command.substring(1);
        int at = said.indexOf("@" + name);
        if (at >= 0 && isEnd(said, at + 1 + name.length())) {
            return true;
        }
        for (var mention : Mentions.in(said)) {
            if (mention.command().equals(command)) {
                var before = before(said, mention.start());
                boolean arrow =
                        before.endsWith("→") || before.endsWith("->") || before.endsWith("=>");
                if (arrow || before.endsWith("@") || isWordOfAddress(before)) {
                    return true;
                }
                var after = said.substring(mention.end()).replace("`", "").stripLeading();
                if (before.isEmpty() && (after.startsWith(":") || after.isEmpty())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isEnd(String said, int at) {
        return at == said.length()
                || !Character.isLetterOrDigit(said.charAt(at))
                        && "-_/".indexOf(said.charAt(at)) < 0;
    }

    /** The words before a mention, without marks and the colon. */
    private static String before(String said, int start) {
        int from = Math.max(0, start - 40);
        var before = said.substring(from, start).replace("`", "").replace("*", "").strip();
        while (before.endsWith(":") || before.endsWith("(") || before.endsWith("[")) {
            before = before.substring(0, before.length() - 1).strip();
        }
        return before;
    }

    private static boolean isWordOfAddress(String before) {
        var lower = before.toLowerCase(Locale.ROOT);
        return BEFORE.stream()
                .anyMatch(word ->
                        lower.endsWith(word)
                                && (lower.length() == word.length()
                                        || !Character.isLetterOrDigit(
                                                lower.charAt(lower.length() - word.length() - 1))));
    }
}
