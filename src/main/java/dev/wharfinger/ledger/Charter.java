package dev.wharfinger.ledger;

import dev.wharfinger.ledger.ScopeFinding.Verdict;
import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Cell;
import dev.wharfinger.markdown.Item;
import dev.wharfinger.markdown.Section;
import dev.wharfinger.rule.Source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * CHARTER.md: what is in scope and what is not, as lists, tables or labelled paragraphs. A request
 * is compared word by word: it cannot be argued with, and it does not understand. What is named as
 * out of scope wins over everything; what is not named is unknown, which blocks nothing.
 */
public final class Charter {
    private static final List<String> OUT =
            List.of(
                    "out of scope",
                    "out-of-scope",
                    "not in scope",
                    "excluded",
                    "exclusions",
                    "non-goals",
                    "non goals",
                    "outside scope",
                    "outside the scope");
    private static final List<String> IN =
            List.of("in scope", "in-scope", "included", "inclusions", "goals", "scope of work");

    private final LedgerText text;
    private final List<CharterItem> items = new ArrayList<>();

    private Charter(LedgerText text) {
        this.text = text;
        text.outline().preamble().forEach(block -> labelled(block));
        text.outline().sections().forEach(section -> read(section, Optional.empty()));
    }

    /** The charter in these bytes; a file that gives no outline has no items. */
    public static Charter parse(String file, byte[] bytes) {
        return new Charter(LedgerText.of(file, bytes));
    }

    public List<CharterItem> items() {
        return List.copyOf(items);
    }

    /** Why the file gives no outline, with its line, where it gives none. */
    public Optional<String> problem() {
        return text.problem()
                .map(found -> new Source(text.file(), found.line()) + ": " + found.reason());
    }

    /** The digest of the items, in their order. */
    public String factsDigest() {
        if (text.problem().isPresent()) {
            return Facts.ofBytes(text.bytes());
        }
        var facts = new Facts();
        items.forEach(item -> facts.add(item.inScope() ? "in" : "out", item.text()));
        return facts.digest();
    }

    /**
     * What the charter says of a request.
     *
     * @param charterItem the item that the caller says it belongs to; only an exact name counts,
     *     and it does not outweigh a word of the request that is out of scope
     */
    public ScopeFinding scope(String request, Optional<String> charterItem) {
        var words = ScopeWords.of(request);
        var creep =
                items.stream()
                        .filter(item -> !item.inScope())
                        .filter(item -> isNamed(item, charterItem) || isContained(item, words))
                        .toList();
        if (!creep.isEmpty()) {
            return new ScopeFinding(
                    Verdict.SCOPE_CREEP,
                    creep,
                    "the charter puts `" + creep.getFirst().text() + "` out of scope");
        }
        var named = items.stream().filter(item -> isNamed(item, charterItem)).toList();
        if (!named.isEmpty()) {
            return new ScopeFinding(
                    Verdict.IN_SCOPE, named, "the charter item that was named is in scope");
        }
        var matched =
                items.stream()
                        .filter(CharterItem::inScope)
                        .filter(item -> isContained(item, words) || shares(item, words))
                        .toList();
        if (!matched.isEmpty()) {
            return new ScopeFinding(
                    Verdict.IN_SCOPE,
                    matched,
                    "the request has the words of `" + matched.getFirst().text() + "`");
        }
        var why = items.isEmpty() ? "the charter lists no scope" : "no charter item names it";
        return new ScopeFinding(Verdict.UNKNOWN, List.of(), why);
    }

    private static boolean isNamed(CharterItem item, Optional<String> charterItem) {
        return charterItem
                .map(ScopeWords::name)
                .filter(name -> !name.isEmpty())
                .filter(name ->
                        name.equals(ScopeWords.name(item.text()))
                                || name.equals(ScopeWords.name(ScopeWords.head(item.text()))))
                .isPresent();
    }

    /** All words of the item, or of its head, stand in the request. */
    private static boolean isContained(CharterItem item, Collection<String> request) {
        var head = ScopeWords.of(ScopeWords.head(item.text()));
        return !head.isEmpty() && request.containsAll(head);
    }

    /** At least two words in common, and half of those of the item's head. */
    private static boolean shares(CharterItem item, Collection<String> request) {
        var head = ScopeWords.of(ScopeWords.head(item.text()));
        long shared = head.stream().filter(request::contains).count();
        return shared >= 2 && shared * 2 >= head.size();
    }

    private void read(Section section, Optional<Boolean> above) {
        var side = side(section.title()).or(() -> above);
        for (var block : section.blocks()) {
            if (side.isPresent()) {
                collect(block, side.get());
            } else {
                labelled(block);
            }
        }
        section.children().forEach(child -> read(child, side));
    }

    private static Optional<Boolean> side(String title) {
        var bare = title.toLowerCase(Locale.ROOT);
        if (OUT.stream().anyMatch(bare::contains)) {
            return Optional.of(false);
        }
        return IN.stream().anyMatch(bare::contains) ? Optional.of(true) : Optional.empty();
    }

    private void collect(Block block, boolean inScope) {
        switch (block) {
            case Block.Paragraph paragraph -> {
                if (!labelled(paragraph)) {
                    sentence(paragraph, inScope);
                }
            }
            case Block.Quote quote -> quote.blocks().forEach(inner -> collect(inner, inScope));
            case Block.BulletList list -> list.items().forEach(item -> collect(item, inScope));
            case Block.Table table ->
                    table.rows()
                            .forEach(row ->
                                    row.cells().stream()
                                            .map(Cell::text)
                                            .filter(cell -> !cell.matches("[#\\d.]*"))
                                            .findFirst()
                                            .ifPresent(cell -> add(cell, inScope, row.line())));
            case Block.Code _, Block.Other _ -> {}
        }
    }

    /** A paragraph below a scope heading is an item only where it is short; prose names nothing. */
    private void sentence(Block.Paragraph paragraph, boolean inScope) {
        if (ScopeWords.of(paragraph.text()).size() <= 8) {
            add(paragraph.text(), inScope, paragraph.line());
        }
    }

    private void collect(Item item, boolean inScope) {
        add(item.text(), inScope, item.line());
        item.children().forEach(child -> collect(child, inScope));
    }

    /** {@code Out of scope: mobile app, payments}, or a table whose headings are the two sides. */
    private boolean labelled(Block block) {
        return switch (block) {
            case Block.Paragraph(var line, var _, var said) -> {
                int colon = said.indexOf(':');
                var side =
                        colon > 0 && colon < 30
                                ? side(said.substring(0, colon))
                                : Optional.<Boolean>empty();
                side.ifPresent(inScope -> {
                    for (var part : said.substring(colon + 1).split("[,;\\n]")) {
                        add(part, inScope, line);
                    }
                });
                yield side.isPresent();
            }
            case Block.Table table -> {
                boolean any = false;
                for (int column = 0; column < table.header().size(); column++) {
                    var side = side(table.header().get(column).text());
                    any |= side.isPresent();
                    for (var row : table.rows()) {
                        var cell = row.cell(column).map(Cell::text).orElse("");
                        side.ifPresent(inScope -> add(cell, inScope, row.line()));
                    }
                }
                yield any;
            }
            case Block.BulletList list -> {
                boolean any = false;
                for (var item : list.items()) {
                    any |= labelled(new Block.Paragraph(item.line(), item.endLine(), item.text()));
                    var side = side(item.text());
                    if (side.isPresent() && item.text().length() < 30) {
                        any = true;
                        item.children().forEach(child -> collect(child, side.get()));
                    }
                }
                yield any;
            }
            default -> false;
        };
    }

    private void add(String said, boolean inScope, int line) {
        var item = said.strip().replaceAll("\\s*\\n\\s*", " ");
        if (!ScopeWords.of(item).isEmpty()) {
            items.add(new CharterItem(item, inScope, new Source(text.file(), line)));
        }
    }
}
