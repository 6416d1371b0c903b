package dev.wharfinger.markdown;

import java.util.List;

/**
 * One block of a Markdown file. Lines count from 1 and both ends belong to the block. Text is
 * inline text: emphasis marks and backslash escapes are resolved, {@code `code`} marks and links
 * stay as written, and the lines of a paragraph are joined by a line feed.
 */
public sealed interface Block {
    int line();

    int endLine();

    record Paragraph(int line, int endLine, String text) implements Block {}

    /** A list, numbered ({@code ordered}) or not. */
    record BulletList(int line, int endLine, List<Item> items, boolean ordered) implements Block {
        public BulletList {
            items = List.copyOf(items);
        }
    }

    /** A GFM table. The line of dashes is {@code line + 1}. */
    record Table(int line, int endLine, List<Cell> header, List<Row> rows) implements Block {
        public Table {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
        }
    }

    record Quote(int line, int endLine, List<Block> blocks) implements Block {
        public Quote {
            blocks = List.copyOf(blocks);
        }
    }

    /** Fenced or indented code; the info string is empty where there is none. */
    record Code(int line, int endLine, String info, String text) implements Block {}

    /** HTML, a rule, a link definition, a heading inside a quote or a list: its text as written. */
    record Other(int line, int endLine, String text) implements Block {}
}
