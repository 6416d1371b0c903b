package dev.wharfinger.markdown;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the library's blocks into ours. Inline text is kept as it stands and resolved by {@link
 * Inline}: the library's inline grammar costs seconds on hostile ledgers (notes on security, §1).
 */
final class BlockReader {
    /** Quotes and lists inside one another; the conversion below recurses as deep. */
    private static final int DEPTH_LIMIT = 64;

    private final List<String> lines;

    BlockReader(List<String> lines) {
        this.lines = lines;
    }

    /** The parsed document, or {@link Bounds.Found}. */
    static Node parse(String text) {
        return Parser.builder()
                .extensions(List.of(TablesExtension.create(), TaskListItemsExtension.create()))
                .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                .maxOpenBlockParsers(DEPTH_LIMIT)
                .maxInlineNesting(DEPTH_LIMIT)
                .inlineParserFactory(_ -> keepLines())
                .customBlockParserFactory(new Bounds())
                .build()
                .parse(text);
    }

    private static InlineParser keepLines() {
        return (source, node) -> {
            for (var line : source.getLines()) {
                if (node.getFirstChild() != null) {
                    node.appendChild(new SoftLineBreak());
                }
                node.appendChild(new Text(line.getContent().toString()));
            }
        };
    }

    /** The inline text below a node as it stands, its lines joined by a line feed. */
    static String raw(Node node) {
        var text = new StringBuilder();
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof Text line) {
                text.append(line.getLiteral());
            } else if (child instanceof SoftLineBreak) {
                text.append('\n');
            }
        }
        return text.toString();
    }

    static int firstLine(Node node) {
        return node.getSourceSpans().getFirst().getLineIndex() + 1;
    }

    private static int lastLine(Node node) {
        return node.getSourceSpans().getLast().getLineIndex() + 1;
    }

    /** Our block, or nothing for a node that stands on no line. */
    Optional<Block> read(Node node) {
        return node.getSourceSpans().isEmpty()
                ? Optional.empty()
                : Optional.of(read(node, firstLine(node), lastLine(node)));
    }

    /**
     * No switch: one over types makes a class at its first run, 8 ms in front of the first answer.
     */
    private Block read(Node node, int line, int end) {
        if (node instanceof org.commonmark.node.Paragraph) {
            return new Block.Paragraph(line, end, text(raw(node)));
        }
        if (node instanceof ListBlock list) {
            return list(list, line, end);
        }
        if (node instanceof TableBlock table) {
            return table(table, line, end);
        }
        if (node instanceof BlockQuote) {
            return new Block.Quote(line, end, children(node.getFirstChild()));
        }
        if (node instanceof FencedCodeBlock code) {
            return new Block.Code(line, end, orEmpty(code.getInfo()), code.getLiteral());
        }
        return node instanceof IndentedCodeBlock code
                ? new Block.Code(line, end, "", code.getLiteral())
                : new Block.Other(line, end, String.join("\n", lines.subList(line - 1, end)));
    }

    private List<Block> children(@Nullable Node first) {
        var blocks = new ArrayList<Block>();
        for (var node = first; node != null; node = node.getNext()) {
            read(node).ifPresent(blocks::add);
        }
        return blocks;
    }

    private Block.BulletList list(ListBlock list, int line, int end) {
        var items = new ArrayList<Item>();
        var number = Optional.<Integer>empty();
        if (list instanceof OrderedList ordered) {
            var start = ordered.getMarkerStartNumber();
            number = Optional.of(start == null ? 1 : start);
        }
        for (var node = list.getFirstChild(); node != null; node = node.getNext()) {
            items.add(item(node, number));
            number = number.map(n -> n + 1);
        }
        return new Block.BulletList(line, end, items, number.isPresent());
    }

    private Item item(Node node, Optional<Integer> number) {
        var first = node.getFirstChild();
        var checked = Optional.<Boolean>empty();
        if (first instanceof TaskListItemMarker marker) {
            checked = Optional.of(marker.isChecked());
            first = first.getNext();
        }
        var text = "";
        if (first instanceof org.commonmark.node.Paragraph) {
            text = text(raw(first));
            first = first.getNext();
        }
        return new Item(firstLine(node), lastLine(node), number, checked, text, children(first));
    }

    private Block.Table table(TableBlock table, int line, int end) {
        var header = List.<Cell>of();
        var rows = new ArrayList<Row>();
        for (var part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (var node = part.getFirstChild(); node != null; node = node.getNext()) {
                if (node instanceof TableRow row && !row.getSourceSpans().isEmpty()) {
                    var cells = cells(row);
                    if (header.isEmpty()) {
                        header = cells;
                    } else {
                        rows.add(new Row(firstLine(row), cells));
                    }
                }
            }
        }
        return new Block.Table(line, end, header, rows);
    }

    private List<Cell> cells(TableRow row) {
        var cells = new ArrayList<Cell>();
        int number = firstLine(row);
        var line = lines.get(number - 1);
        int next = afterFirstPipe(line, row.getSourceSpans().getFirst().getColumnIndex());
        for (var node = row.getFirstChild(); node != null; node = node.getNext()) {
            if (!node.getSourceSpans().isEmpty()) {
                SourceSpan span = node.getSourceSpans().getFirst();
                int start = span.getColumnIndex();
                int end = start + span.getLength();
                cells.add(new Cell(number, start, end, text(raw(node))));
                next = end + 1;
            } else if (next < line.length() && line.charAt(next) == '|') {
                // The library gives an empty cell no span; one that the line lacks has no pipe.
                cells.add(new Cell(number, next, next, ""));
                next++;
            }
        }
        return cells;
    }

    private static int afterFirstPipe(String line, int column) {
        int at = column;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at < line.length() && line.charAt(at) == '|' ? at + 1 : at;
    }

    private static String text(String raw) {
        return Inline.text(raw.strip()).strip();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
