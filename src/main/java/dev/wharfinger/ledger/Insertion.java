package dev.wharfinger.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Outline;
import dev.wharfinger.markdown.Section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts lines into a ledger file and reads the result again: what was there before still means what
 * it meant, and only the announced sections are new. An edit that fails this is refused, whatever
 * the reason.
 */
final class Insertion {
    private Insertion() {}

    /**
     * @param row which of the added lines, counted from 1, the caller shows as the row
     */
    static Written of(LedgerText text, int after, List<String> added, int row, Optional<String> id)
            throws LedgerUnwritable {
        return of(text, after, added, row, id, List.of());
    }

    /** The same where some of the lines are headings: these, in this order. */
    static Written of(
            LedgerText text,
            int after,
            List<String> added,
            int row,
            Optional<String> id,
            List<String> headings)
            throws LedgerUnwritable {
        text.requireWritable();
        var bytes = text.inserted(after, added);
        var result = LedgerText.of(text.file(), bytes);
        if (result.problem().isPresent()) {
            throw text.unwritable(after, "with the addition " + result.problem().get().reason());
        }
        if (!expected(text.outline(), after, headings).equals(titles(result.outline()))
                || size(result.outline()) <= size(text.outline())) {
            throw text.unwritable(
                    Math.max(1, after), "nothing can be added here without changing what follows");
        }
        var shown = added.subList(row - 1, added.size());
        return new Written(bytes, after + row, String.join("\n", shown).strip(), id);
    }

    private static List<String> expected(Outline before, int after, List<String> headings) {
        var expected = new ArrayList<String>();
        before.allSections()
                .filter(s -> s.line() <= after)
                .map(Section::title)
                .forEach(expected::add);
        for (var heading : headings) {
            var alone = LedgerText.of("heading", heading.getBytes(UTF_8)).outline();
            expected.addAll(titles(alone));
        }
        before.allSections()
                .filter(s -> s.line() > after)
                .map(Section::title)
                .forEach(expected::add);
        return expected;
    }

    private static List<String> titles(Outline outline) {
        return outline.allSections().map(Section::title).toList();
    }

    /** Sections, blocks, rows and items; what an open fence or comment swallows adds nothing. */
    private static int size(Outline outline) {
        return titles(outline).size() + size(outline.blocks());
    }

    private static int size(List<Block> blocks) {
        int size = 0;
        for (var block : blocks) {
            size +=
                    switch (block) {
                        case Block.Table table -> 1 + table.rows().size();
                        case Block.BulletList list ->
                                list.items().stream().mapToInt(i -> 1 + size(i.children())).sum();
                        case Block.Quote quote -> 1 + size(quote.blocks());
                        case Block.Paragraph _, Block.Code _, Block.Other _ -> 1;
                    };
        }
        return size;
    }
}
