package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Outline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a file puts its newest entry. */
enum Order {
    NEWEST_FIRST,
    NEWEST_LAST;

    private static final List<String> FIRST_HINTS =
            List.of(
                    "newest first",
                    "latest first",
                    "most recent first",
                    "newest on top",
                    "latest on top",
                    "newest at the top",
                    "latest at the top",
                    "reverse chronological",
                    "prepend");
    private static final List<String> LAST_HINTS =
            List.of(
                    "newest last",
                    "latest last",
                    "oldest first",
                    "append",
                    "at the bottom",
                    "chronological");

    /** What the entries themselves show, else what the file says, else the given habit. */
    static Order of(List<String> entries, Outline outline, Order habit) {
        var stamps = entries.stream().flatMap(entry -> Stamp.sortable(entry).stream()).toList();
        if (stamps.size() > 1) {
            int rising = stamps.getFirst().compareTo(stamps.getLast());
            if (rising != 0) {
                return rising < 0 ? NEWEST_LAST : NEWEST_FIRST;
            }
        }
        return said(outline).orElse(habit);
    }

    private static Optional<Order> said(Outline outline) {
        for (var block : outline.blocks()) {
            var prose = prose(block).toLowerCase(Locale.ROOT);
            if (FIRST_HINTS.stream().anyMatch(prose::contains)) {
                return Optional.of(NEWEST_FIRST);
            }
            if (LAST_HINTS.stream().anyMatch(prose::contains)) {
                return Optional.of(NEWEST_LAST);
            }
        }
        return Optional.empty();
    }

    /** Paragraphs, quotes and comments: what a file says of itself, not what its entries say. */
    private static String prose(Block block) {
        return switch (block) {
            case Block.Paragraph(var _, var _, var text) -> text;
            case Block.Other(var _, var _, var text) -> text;
            case Block.Quote quote ->
                    quote.blocks().stream().map(Order::prose).reduce("", (a, b) -> a + " " + b);
            default -> "";
        };
    }
}
