package dev.wharfinger.persona;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Cell;
import dev.wharfinger.markdown.Item;
import dev.wharfinger.markdown.Outline;
import dev.wharfinger.markdown.Row;
import dev.wharfinger.markdown.Section;
import dev.wharfinger.rule.Source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parts of a persona file, found by their headings; emoji, case and what follows the usual
 * words do not count. A part that is there twice is refused: nobody could say which one holds.
 */
final class Parts {
    /** In this order: a title that begins in two ways is the first of them. */
    private static final SequencedMap<String, Topic> BEGINNINGS = new LinkedHashMap<>();

    static {
        begins(Topic.PROTOCOL, "anti-hallucination", "anti hallucination");
        begins(Topic.STATUSES, "status emoji", "status reference");
        begins(Topic.ENTRY, "entry checklist", "entry criteria");
        begins(Topic.PREREQUISITES, "prerequisites", "preconditions");
        begins(Topic.PROHIBITIONS, "prohibitions");
        begins(Topic.PHASES, "workflow execution", "workflow phases", "phases");
        begins(Topic.QUALITY_GATE, "quality gate");
        begins(Topic.EXIT, "exit checklist", "exit criteria");
        begins(Topic.HANDOFFS, "handoff matrix", "hand-off matrix");
        begins(Topic.ROLLBACK, "rollback protocol", "rollback procedure", "rollback plan");
    }

    private static final Map<String, Topic> WHOLE =
            Map.of(
                    "status", Topic.STATUSES,
                    "statuses", Topic.STATUSES,
                    "workflow", Topic.PHASES,
                    "handoff", Topic.HANDOFFS,
                    "handoffs", Topic.HANDOFFS,
                    "rollback", Topic.ROLLBACK,
                    "lane", Topic.LANES,
                    "lanes", Topic.LANES);

    private final Outline outline;
    private final Map<Topic, Section> sections = new EnumMap<>(Topic.class);

    /** The lines of the headings that begin a part. */
    private final Set<Integer> begun = new HashSet<>();

    Parts(Outline outline) throws PersonaUnreadable {
        this.outline = outline;
        for (Section section : outline.allSections().toList()) {
            Optional<Topic> topic = topicOf(section);
            if (topic.isEmpty()) {
                continue;
            }
            begun.add(section.line());
            Section first = sections.putIfAbsent(topic.get(), section);
            if (first != null) {
                throw new PersonaUnreadable(
                        at(section.line()),
                        "a second part `%s`; the first is line %d"
                                .formatted(topic.get().title(), first.line()),
                        "Keep one of the two, so that it is clear which one holds");
            }
        }
    }

    private static void begins(Topic topic, String... beginnings) {
        for (String beginning : beginnings) {
            BEGINNINGS.put(beginning, topic);
        }
    }

    static Optional<Topic> topicOf(Section section) {
        return section.titledBy(BEGINNINGS.keySet())
                .map(BEGINNINGS::get)
                .or(() -> wordCount(section.title()) == 1 ? whole(section) : Optional.empty());
    }

    private static Optional<Topic> whole(Section section) {
        return section.titledBy(WHOLE.keySet()).map(WHOLE::get);
    }

    private static long wordCount(String title) {
        return Stream.of(title.split("\\s+"))
                .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
                .count();
    }

    Outline outline() {
        return outline;
    }

    Source at(int line) {
        return new Source(outline.file(), line);
    }

    boolean has(Topic topic) {
        return sections.containsKey(topic);
    }

    Optional<Section> section(Topic topic) {
        return Optional.ofNullable(sections.get(topic));
    }

    /** The heading of a part, or the file as a whole. */
    Source head(Topic topic) {
        return at(section(topic).map(Section::line).orElse(0));
    }

    /** The blocks of a part, with those below headings in it that begin no other part. */
    List<Block> blocks(Topic topic) {
        return section(topic).map(this::blocksOf).orElse(List.of());
    }

    private List<Block> blocksOf(Section section) {
        var blocks = new ArrayList<>(section.blocks());
        section.children().stream()
                .filter(child -> !begun.contains(child.line()))
                .forEach(child -> blocks.addAll(blocksOf(child)));
        return blocks;
    }

    /** Every block of the file that belongs to no part: context, introduction, own sections. */
    List<Block> blocksOutside() {
        var blocks = new ArrayList<>(outline.preamble());
        outline.sections().stream()
                .filter(section -> !begun.contains(section.line()))
                .forEach(section -> blocks.addAll(blocksOf(section)));
        return blocks;
    }

    /** The lines of a list part; refused where the part is there and has none. */
    List<Item> items(Topic topic) throws PersonaUnreadable {
        List<Item> items = itemsOf(blocks(topic));
        if (items.isEmpty() && has(topic)) {
            throw new PersonaUnreadable(
                    head(topic),
                    "no list stands under `" + topic.title() + "`",
                    "Write one line an item, `- [ ] …` or `1. [ ] …`, or remove the heading");
        }
        for (Item item : items) {
            if (item.text().isBlank()) {
                throw new PersonaUnreadable(
                        at(item.line()),
                        "an item of `" + topic.title() + "` says nothing",
                        "Write what is to be done behind the box, or remove the line");
            }
        }
        return items;
    }

    static List<Item> itemsOf(List<Block> blocks) {
        return blocks.stream()
                .filter(Block.BulletList.class::isInstance)
                .flatMap(block -> ((Block.BulletList) block).items().stream())
                .toList();
    }

    /** The one table of a part; refused where the part is there and has none, or two. */
    Optional<Grid> grid(Topic topic) throws PersonaUnreadable {
        if (!has(topic)) {
            return Optional.empty();
        }
        List<Block.Table> tables =
                blocks(topic).stream()
                        .filter(Block.Table.class::isInstance)
                        .map(Block.Table.class::cast)
                        .toList();
        if (tables.size() != 1 || tables.getFirst().rows().isEmpty()) {
            Source where = tables.size() > 1 ? at(tables.get(1).line()) : head(topic);
            throw new PersonaUnreadable(
                    where,
                    tables.size() > 1
                            ? "a second table under `" + topic.title() + "`"
                            : "no table with rows stands under `" + topic.title() + "`",
                    "Write one table with a header, a line of dashes and a row each");
        }
        return Optional.of(new Grid(this, topic, tables.getFirst()));
    }

    /** A table whose columns are asked for by name. */
    record Grid(Parts parts, Topic topic, Block.Table table) {
        List<Row> rows() {
            return table.rows();
        }

        /** The column whose title begins with one of these words. */
        Optional<Integer> column(String... titles) {
            for (String title : titles) {
                for (int i = 0; i < table.header().size(); i++) {
                    if (words(table.header().get(i)).startsWith(title)) {
                        return Optional.of(i);
                    }
                }
            }
            return Optional.empty();
        }

        int needed(String header, String... titles) throws PersonaUnreadable {
            Optional<Integer> column = column(titles);
            if (column.isEmpty()) {
                throw new PersonaUnreadable(
                        parts.at(table.line()),
                        "the table of `%s` has no column `%s`".formatted(topic.title(), titles[0]),
                        "Write the header `" + header + "`");
            }
            return column.get();
        }

        String text(Row row, Optional<Integer> column) {
            return column.flatMap(row::cell).map(Cell::text).orElse("");
        }

        private static String words(Cell cell) {
            String bare = cell.text().replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
            return bare.toLowerCase(Locale.ROOT);
        }
    }
}
