package dev.wharfinger.persona;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Item;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the lists of a persona file: protocol, checklists, prerequisites and the rest. */
final class ListReader {
    private static final Pattern AFTER =
            Pattern.compile(
                    "\\bafter\\b(.*?)(?=\\bbefore\\b|[.;]|$)",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern WITHIN =
            Pattern.compile(
                    "(?:<|≤|within|under)\\s*(\\d{1,4})\\s*(m|h|d)[a-z]*",
                    Pattern.CASE_INSENSITIVE);

    private final Parts parts;

    ListReader(Parts parts) {
        this.parts = parts;
    }

    /** The personas that a line about timing puts first. */
    static List<String> runsAfter(String timing) {
        return AFTER.matcher(timing)
                .results()
                .flatMap(found -> Mentions.commandsIn(found.group(1).replace('`', ' ')).stream())
                .distinct()
                .toList();
    }

    List<ChecklistItem> checklist(Topic topic) throws PersonaUnreadable {
        List<Item> items = parts.items(topic);
        List<Integer> numbers = numbers(items);
        var list = new ArrayList<ChecklistItem>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            ItemKind kind =
                    topic == Topic.ENTRY ? Meanings.entry(item.text()) : Meanings.exit(item.text());
            list.add(new ChecklistItem(numbers.get(i), item.text(), kind, parts.at(item.line())));
        }
        return list;
    }

    /** The numbers as written; where they repeat or are missing, the places in the list. */
    private static List<Integer> numbers(List<Item> items) {
        var numbers = new ArrayList<Integer>();
        items.forEach(item -> item.number().ifPresent(numbers::add));
        if (numbers.size() == items.size() && new HashSet<>(numbers).size() == items.size()) {
            return numbers;
        }
        numbers.clear();
        items.forEach(_ -> numbers.add(numbers.size() + 1));
        return numbers;
    }

    /**
     * The protocol stands in a quote or under its own heading; its list is the one with numbers.
     */
    List<ProtocolRule> protocol() throws PersonaUnreadable {
        var rules = new ArrayList<ProtocolRule>();
        List<Item> items = protocolItems();
        List<Integer> numbers = numbers(items);
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            rules.add(
                    new ProtocolRule(
                            numbers.get(i),
                            item.text(),
                            Meanings.protocol(item.text()),
                            parts.at(item.line())));
        }
        return rules;
    }

    private List<Item> protocolItems() throws PersonaUnreadable {
        var quotes =
                parts.blocksOutside().stream()
                        .filter(Block.Quote.class::isInstance)
                        .map(Block.Quote.class::cast)
                        .filter(ListReader::isProtocol)
                        .toList();
        int places = quotes.size() + (parts.has(Topic.PROTOCOL) ? 1 : 0);
        if (places > 1) {
            throw new PersonaUnreadable(
                    parts.at(quotes.getLast().line()),
                    "a second anti-hallucination protocol",
                    "Keep one of the two, so that it is clear which one holds");
        }
        List<Block> blocks =
                parts.blocks(Topic.PROTOCOL).stream().flatMap(PersonaReader::opened).toList();
        if (!quotes.isEmpty()) {
            blocks = quotes.getFirst().blocks().stream().flatMap(PersonaReader::opened).toList();
        }
        List<Item> items = Parts.itemsOf(blocks);
        if (places == 1 && items.isEmpty()) {
            int line =
                    parts.section(Topic.PROTOCOL)
                            .map(section -> section.line())
                            .orElseGet(() -> quotes.getFirst().line());
            throw new PersonaUnreadable(
                    parts.at(line),
                    "an anti-hallucination protocol without a list",
                    "Write its lines as `1. …`, `2. …`");
        }
        return items;
    }

    private static boolean isProtocol(Block.Quote quote) {
        return quote.blocks().stream()
                .filter(Block.Paragraph.class::isInstance)
                .map(block -> ((Block.Paragraph) block).text().toLowerCase(Locale.ROOT))
                .anyMatch(text -> text.contains("hallucination"));
    }

    List<Prerequisite> prerequisites() throws PersonaUnreadable {
        return parts.items(Topic.PREREQUISITES).stream()
                .map(item ->
                        new Prerequisite(
                                item.text(),
                                Meanings.prerequisite(item.text()),
                                parts.at(item.line())))
                .toList();
    }

    List<Prohibition> prohibitions() throws PersonaUnreadable {
        return parts.items(Topic.PROHIBITIONS).stream()
                .map(item ->
                        new Prohibition(
                                item.text(),
                                Meanings.prohibition(item.text()),
                                parts.at(item.line())))
                .toList();
    }

    List<QualityCheck> qualityGate() throws PersonaUnreadable {
        return parts.items(Topic.QUALITY_GATE).stream()
                .map(item ->
                        new QualityCheck(
                                item.text(), Meanings.quality(item.text()), parts.at(item.line())))
                .toList();
    }

    List<RollbackStep> rollback() throws PersonaUnreadable {
        List<Item> items = parts.items(Topic.ROLLBACK);
        List<Integer> numbers = numbers(items);
        var steps = new ArrayList<RollbackStep>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            steps.add(
                    new RollbackStep(
                            numbers.get(i),
                            horizon(item.text()),
                            item.text(),
                            within(item.text()),
                            parts.at(item.line())));
        }
        return steps;
    }

    private static RollbackStep.Horizon horizon(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("immediate")) {
            return RollbackStep.Horizon.IMMEDIATE;
        }
        if (lower.startsWith("short")) {
            return RollbackStep.Horizon.SHORT_TERM;
        }
        return lower.startsWith("long")
                ? RollbackStep.Horizon.LONG_TERM
                : RollbackStep.Horizon.STATED;
    }

    private static Optional<Duration> within(String text) {
        var matcher = WITHIN.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }
}
