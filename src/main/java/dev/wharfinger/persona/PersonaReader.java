package dev.wharfinger.persona;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.FrontMatter;
import dev.wharfinger.markdown.Item;
import dev.wharfinger.markdown.MarkdownUnreadable;
import dev.wharfinger.markdown.Outline;
import dev.wharfinger.markdown.Section;
import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.ContentHash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a persona file. What it understands becomes typed values with their lines; what it read
 * round or repaired becomes a warning; where two readings are possible or a part that is there
 * cannot be read, the file is refused, since a rule that nobody reads holds nothing. The format is
 * in {@code docs/persona-format.md}.
 */
public final class PersonaReader {
    private static final Pattern TITLE =
            Pattern.compile("[^\\p{L}\\p{N}/]*/(\\S+)\\s*(?:[-–—:|]+\\s*(.*))?");

    private final Parts parts;
    private final ContentHash hash;
    private final List<Warning> warnings;

    private PersonaReader(Parts parts, ContentHash hash, List<Warning> warnings) {
        this.parts = parts;
        this.hash = hash;
        this.warnings = new ArrayList<>(warnings);
    }

    /**
     * The persona that these bytes describe.
     *
     * @param file the file as refusals will name it
     * @throws PersonaUnreadable with the line and what to write instead
     */
    public static Persona parse(String file, byte[] bytes) throws PersonaUnreadable {
        return read(file, bytes).persona();
    }

    /** A persona with the outline that it was read from. */
    record Reading(Persona persona, Parts parts) {}

    static Reading read(String file, byte[] bytes) throws PersonaUnreadable {
        if (bytes.length > Outline.DEFAULT_LIMIT) {
            throw new PersonaUnreadable(
                    new Source(file, 0),
                    "it has " + bytes.length + " bytes",
                    "A persona file has at most " + Outline.DEFAULT_LIMIT);
        }
        SourceText text = SourceText.of(file, bytes);
        Parts parts = new Parts(outline(file, text.text()));
        var reader = new PersonaReader(parts, ContentHash.of(bytes), text.warnings());
        return new Reading(reader.persona(), parts);
    }

    private static Outline outline(String file, String text) throws PersonaUnreadable {
        Outline outline;
        try {
            outline = Outline.parse(file, text);
        } catch (MarkdownUnreadable unreadable) {
            throw new PersonaUnreadable(
                    unreadable.source(),
                    unreadable.reason(),
                    "Write `---`, then `description: …`, then `---`, and the headings below");
        }
        boolean begun =
                !outline.lines().isEmpty()
                        && outline.lines().getFirst().stripTrailing().equals("---");
        if (begun && outline.frontMatter().isEmpty()) {
            throw new PersonaUnreadable(
                    new Source(file, 1),
                    "front matter that begins here and is no list of `key: value`, or never ends",
                    "Write `---`, then `description: …`, then `---`");
        }
        return outline;
    }

    private Persona persona() throws PersonaUnreadable {
        Heading heading = heading();
        var laneReader = new LaneReader(parts);
        List<Lane> lanes = laneReader.read();
        var tables = new TableReader(parts);
        List<Status> statuses = tables.statuses();
        List<Phase> phases = tables.phases();
        List<HandoffRow> handoffs = tables.handoffs();
        var lists = new ListReader(parts);
        List<ChecklistItem> entry = lists.checklist(Topic.ENTRY);
        Optional<Item> timing = labelled("timing");
        Optional<SkillLink> skill = new SkillReader(parts, warnings).read(entry);
        warnings.addAll(laneReader.warnings());
        warnings.addAll(tables.warnings());
        warnings.addAll(new LostRules(parts).all());
        return new Persona(
                heading.name(),
                heading.title(),
                text("description").orElse(""),
                parts.outline().file(),
                hash,
                skill,
                lanes,
                lists.protocol(),
                statuses,
                entry,
                lists.prerequisites(),
                lists.prohibitions(),
                phases,
                lists.qualityGate(),
                lists.checklist(Topic.EXIT),
                handoffs,
                lists.rollback(),
                timing.map(item -> ListReader.runsAfter(item.text())).orElse(List.of()),
                timing.map(item -> parts.at(item.line())),
                warnings);
    }

    private Optional<Item> labelled(String label) {
        return Parts.itemsOf(parts.blocksOutside()).stream()
                .filter(item -> LaneReader.isLabelled(item.text(), label))
                .findFirst();
    }

    private record Heading(PersonaName name, String title) {}

    private Heading heading() throws PersonaUnreadable {
        List<Section> commands =
                parts.outline()
                        .allSections()
                        .filter(section -> section.level() == 1)
                        .filter(section -> TITLE.matcher(section.title()).matches())
                        .toList();
        if (commands.size() > 1) {
            throw new PersonaUnreadable(
                    parts.at(commands.get(1).line()),
                    "a second persona; the first is line " + commands.getFirst().line(),
                    "Write one persona a file");
        }
        Optional<String> named = text("name");
        if (commands.isEmpty()) {
            String name = named.orElseThrow(() -> nameless(0));
            return new Heading(name(name, lineOf("name")), firstTitle().orElse(name));
        }
        Section section = commands.getFirst();
        var matcher = TITLE.matcher(section.title());
        if (!matcher.matches()) {
            throw nameless(section.line());
        }
        PersonaName name = name(matcher.group(1), section.line());
        if (named.isPresent() && !named.get().equals(name.value())) {
            throw new PersonaUnreadable(
                    parts.at(lineOf("name")),
                    "`name: %s` and the heading %s in line %d differ"
                            .formatted(named.get(), name.command(), section.line()),
                    "Write the same name twice, or only the heading");
        }
        String title = Optional.ofNullable(matcher.group(2)).orElse("").strip();
        return new Heading(name, title.isEmpty() ? name.value() : title);
    }

    private Optional<String> firstTitle() {
        return parts.outline().sections().stream().map(Section::title).findFirst();
    }

    private PersonaUnreadable nameless(int line) {
        return new PersonaUnreadable(
                parts.at(line),
                "no name: no heading begins with a command",
                "Write `# /deploy - The DevOps Engineer`");
    }

    private PersonaName name(String text, int line) throws PersonaUnreadable {
        if (!PersonaName.isName(text)) {
            throw new PersonaUnreadable(
                    parts.at(line),
                    "`" + text + "` is no persona's name",
                    "Use lower-case letters, digits and `-`: `# /deploy - The DevOps Engineer`");
        }
        return new PersonaName(text);
    }

    private int lineOf(String key) {
        return parts.outline()
                .frontMatter()
                .map(FrontMatter::lines)
                .map(lines -> lines.getOrDefault(key, 0))
                .orElse(0);
    }

    private Optional<String> text(String key) throws PersonaUnreadable {
        Optional<FrontMatter> front = parts.outline().frontMatter();
        if (front.isEmpty() || !front.get().values().containsKey(key)) {
            return Optional.empty();
        }
        if (front.get().text(key).isEmpty()) {
            throw new PersonaUnreadable(
                    parts.at(lineOf(key)), "`" + key + "` is no text", "Write `" + key + ": text`");
        }
        return front.get().text(key);
    }

    /** Lists inside quotes count as lists: that is where the protocol stands. */
    static Stream<Block> opened(Block block) {
        return block instanceof Block.Quote quote
                ? quote.blocks().stream().flatMap(PersonaReader::opened)
                : Stream.of(block);
    }
}
