package dev.wharfinger.markdown;

import dev.wharfinger.markdown.YamlNode.Entry;
import dev.wharfinger.markdown.YamlNode.Mapping;

import org.commonmark.node.Heading;
import org.commonmark.node.Node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Splits off the front matter, parses the rest and nests the blocks below their headings. */
final class OutlineReader {
    private final String file;
    private final List<String> lines;

    OutlineReader(String file, String text) {
        this.file = file;
        this.lines = split(text);
    }

    Outline read() throws MarkdownUnreadable {
        if (lines.size() > Outline.LINE_LIMIT) {
            throw MarkdownUnreadable.at(
                    file,
                    Outline.LINE_LIMIT + 1,
                    "more than " + Outline.LINE_LIMIT + " lines; split the file");
        }
        var frontMatter = frontMatter();
        var body = new StringBuilder();
        int hidden = frontMatter.map(FrontMatter::endLine).orElse(0);
        for (int i = 0; i < lines.size(); i++) {
            // Blank lines in place of the front matter keep every line number true.
            body.append(i < hidden ? "" : lines.get(i)).append('\n');
        }
        var blocks = new BlockReader(lines);
        var preamble = new ArrayList<Block>();
        var roots = new ArrayList<Section>();
        Deque<Open> open = new ArrayDeque<>();
        for (var node = document(body.toString()).getFirstChild();
                node != null;
                node = node.getNext()) {
            if (node instanceof Heading heading) {
                int line = BlockReader.firstLine(heading);
                close(open, roots, heading.getLevel(), line - 1);
                open.push(new Open(heading.getLevel(), title(heading), line));
            } else {
                blocks.read(node)
                        .ifPresent(open.isEmpty() ? preamble::add : open.peek().blocks::add);
            }
        }
        close(open, roots, 0, lines.size());
        return new Outline(file, frontMatter, roots, preamble, lines);
    }

    private Node document(String body) throws MarkdownUnreadable {
        try {
            return BlockReader.parse(body);
        } catch (Bounds.Found found) {
            throw MarkdownUnreadable.at(file, Math.min(found.line(), lines.size()), found.reason());
        }
    }

    private static String title(Node heading) {
        return Inline.plain(BlockReader.raw(heading)).strip();
    }

    /** Ends the open sections that a heading of that level ends. */
    private static void close(Deque<Open> open, List<Section> roots, int level, int endLine) {
        while (!open.isEmpty() && open.peek().level >= level) {
            var done = open.pop().section(endLine);
            (open.isEmpty() ? roots : open.peek().children).add(done);
        }
    }

    private Optional<FrontMatter> frontMatter() throws MarkdownUnreadable {
        if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals("---")) {
            return Optional.empty();
        }
        int end = 1;
        while (end < lines.size() && !isEnd(lines.get(end))) {
            end++;
        }
        if (end == lines.size()) {
            return Optional.empty();
        }
        var yaml = String.join("\n", lines.subList(1, end));
        try {
            var root = Yaml.parse(file, yaml, 1);
            if (root.isPresent() && !(root.get() instanceof Mapping)) {
                return Optional.empty();
            }
            SequencedMap<String, Object> values = new LinkedHashMap<>();
            SequencedMap<String, Integer> keyLines = new LinkedHashMap<>();
            if (root.isPresent() && root.get() instanceof Mapping mapping) {
                for (Entry entry : mapping.entries().values()) {
                    values.put(entry.key(), entry.value().plain());
                    keyLines.put(entry.key(), entry.line());
                }
            }
            return Optional.of(new FrontMatter(1, end + 1, values, keyLines));
        } catch (YamlUnreadable broken) {
            throw MarkdownUnreadable.at(
                    file,
                    Math.max(1, broken.line()),
                    "the front matter is broken: " + broken.reason());
        }
    }

    private static boolean isEnd(String line) {
        var bare = line.stripTrailing();
        return bare.equals("---") || bare.equals("...");
    }

    /** The lines as CommonMark counts them. */
    private static List<String> split(String text) {
        var lines = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                lines.add(text.substring(start, i));
                i += c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
                start = i + 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    /** A section that may still grow. */
    private static final class Open {
        final int level;
        final String title;
        final int line;
        final List<Block> blocks = new ArrayList<>();
        final List<Section> children = new ArrayList<>();

        Open(int level, String title, int line) {
            this.level = level;
            this.title = title;
            this.line = line;
        }

        Section section(int endLine) {
            return new Section(level, title, line, endLine, blocks, children);
        }
    }
}
