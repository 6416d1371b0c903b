package dev.wharfinger.markdown;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.markdown.YamlNode.Entry;
import dev.wharfinger.markdown.YamlNode.Mapping;
import dev.wharfinger.markdown.YamlNode.Scalar;
import dev.wharfinger.markdown.YamlNode.ScalarKind;
import dev.wharfinger.markdown.YamlNode.Sequence;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * YAML 1.2, read strictly into a tree with marks: one document, text keys, no key twice, no tags,
 * no merge keys. The tree is built from events, so depth is refused before any stack is used up.
 */
public final class Yaml {
    /** At most this many bytes of UTF-8. */
    public static final int SIZE_LIMIT = 1 << 20;

    /** At most this many lists and mappings inside one another. */
    public static final int DEPTH_LIMIT = 50;

    /** At most this many aliases in a text, and this many nodes with aliases followed. */
    public static final int ALIAS_LIMIT = 20;

    private static final int NODE_LIMIT = 100_000;

    private final String file;
    private final int linesBefore;
    private final Iterator<Event> events;
    private final ScalarResolver resolver = new CoreScalarResolver(false);
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    private final Map<YamlNode, Integer> sizes = new IdentityHashMap<>();
    private int aliases;
    private long nodes;

    private Yaml(String file, String text, int linesBefore) {
        this.file = file;
        this.linesBefore = linesBefore;
        var settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setUseMarks(true)
                        .setCodePointLimit(SIZE_LIMIT)
                        .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** The tree of one text; nothing where the text holds no value at all. */
    public static Optional<YamlNode> parse(String file, String text) throws YamlUnreadable {
        return parse(file, text, 0);
    }

    /** The same for a text that stands inside a file, below {@code linesBefore} other lines. */
    static Optional<YamlNode> parse(String file, String text, int linesBefore)
            throws YamlUnreadable {
        if (text.length() > SIZE_LIMIT || text.getBytes(UTF_8).length > SIZE_LIMIT) {
            throw new YamlUnreadable(file, 0, 0, "is larger than " + SIZE_LIMIT + " bytes");
        }
        try {
            return new Yaml(file, text, linesBefore).document();
        } catch (MarkedYamlEngineException broken) {
            var mark = broken.getProblemMark().or(broken::getContextMark);
            throw new YamlUnreadable(
                    file,
                    linesBefore + mark.map(m -> m.getLine() + 1).orElse(0),
                    mark.map(m -> m.getColumn() + 1).orElse(0),
                    oneLine(broken.getProblem() == null ? "is not YAML" : broken.getProblem()));
        } catch (YamlEngineException broken) {
            var said = broken.getMessage();
            throw new YamlUnreadable(file, 0, 0, oneLine(said == null ? "is not YAML" : said));
        }
    }

    private Optional<YamlNode> document() throws YamlUnreadable {
        Optional<YamlNode> root = Optional.empty();
        while (events.hasNext()) {
            var event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    if (root.isPresent()) {
                        throw refused(event, "a second document begins here; there may be one");
                    }
                }
                default -> root = Optional.of(node(event, 0));
            }
        }
        return root.filter(node -> !(node instanceof Scalar s && s.kind() == ScalarKind.NULL));
    }

    private YamlNode node(Event event, int depth) throws YamlUnreadable {
        if (depth > DEPTH_LIMIT) {
            throw refused(event, "is nested deeper than " + DEPTH_LIMIT);
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        long before = nodes;
        count(event, 1);
        var node =
                switch (event.getEventId()) {
                    case Scalar -> scalar((ScalarEvent) event);
                    case SequenceStart -> sequence((SequenceStartEvent) event, depth);
                    case MappingStart -> mapping((MappingStartEvent) event, depth);
                    default -> throw refused(event, "is not a value");
                };
        var anchor = ((NodeEvent) event).getAnchor();
        if (anchor.isPresent()) {
            if (anchors.putIfAbsent(anchor.get(), node) != null) {
                throw refused(event, "the anchor `" + anchor.get() + "` is set twice");
            }
            sizes.put(node, (int) (nodes - before));
        }
        return node;
    }

    private YamlNode alias(AliasEvent alias) throws YamlUnreadable {
        var target = anchors.get(alias.getAlias());
        if (target == null) {
            throw refused(alias, "`*" + alias.getAlias() + "` has no anchor before it");
        }
        aliases++;
        if (aliases > ALIAS_LIMIT) {
            throw refused(alias, "more than " + ALIAS_LIMIT + " aliases");
        }
        // What an alias stands for counts each time, or ten lines could grow to billions.
        count(alias, sizes.getOrDefault(target, 1));
        return target;
    }

    private void count(Event event, int more) throws YamlUnreadable {
        nodes += more;
        if (nodes > NODE_LIMIT) {
            throw refused(event, "more than " + NODE_LIMIT + " values");
        }
    }

    private Scalar scalar(ScalarEvent event) throws YamlUnreadable {
        refuseTag(event, event.getTag());
        var tag = resolver.resolve(event.getValue(), event.isPlain());
        return new Scalar(line(event), column(event), event.getValue(), kind(tag));
    }

    private static ScalarKind kind(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return ScalarKind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return ScalarKind.FLOAT;
        }
        if (tag.equals(Tag.BOOL)) {
            return ScalarKind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? ScalarKind.NULL : ScalarKind.STRING;
    }

    private Sequence sequence(SequenceStartEvent start, int depth) throws YamlUnreadable {
        refuseTag(start, start.getTag());
        List<YamlNode> items = new ArrayList<>();
        for (var event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            items.add(node(event, depth + 1));
        }
        return new Sequence(line(start), column(start), items);
    }

    private Mapping mapping(MappingStartEvent start, int depth) throws YamlUnreadable {
        refuseTag(start, start.getTag());
        var entries = new LinkedHashMap<String, Entry>();
        for (var event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw refused(event, "a key must be text");
            }
            count(key, 1);
            refuseTag(key, key.getTag());
            var name = key.getValue();
            var earlier = entries.get(name);
            if (earlier != null) {
                throw refused(
                        key, "the key `" + name + "` is already set in line " + earlier.line());
            }
            entries.put(name, new Entry(line(key), column(key), name, node(next(), depth + 1)));
        }
        return new Mapping(line(start), column(start), entries);
    }

    private Event next() {
        return events.next();
    }

    private void refuseTag(Event event, Optional<String> tag) throws YamlUnreadable {
        if (tag.isPresent()) {
            throw refused(event, "the tag `" + tag.get() + "` is not allowed; write plain values");
        }
    }

    private YamlUnreadable refused(Event event, String reason) {
        return new YamlUnreadable(file, line(event), column(event), reason);
    }

    private int line(Event event) {
        return linesBefore + event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static int column(Event event) {
        return event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
    }

    /** A whole number of the core schema, where it fits a {@code long}. */
    static Optional<Long> whole(String text) {
        try {
            var digits = text.startsWith("+") ? text.substring(1) : text;
            if (digits.startsWith("0x")) {
                return Optional.of(Long.parseLong(digits.substring(2), 16));
            }
            if (digits.startsWith("0o")) {
                return Optional.of(Long.parseLong(digits.substring(2), 8));
            }
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /** A number of the core schema; {@code .inf} and {@code .nan} stay text. */
    static Optional<Double> decimal(String text) {
        try {
            var number = Double.parseDouble(text);
            return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException notDecimal) {
            return Optional.empty();
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
