package dev.wharfinger.persona;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Cell;
import dev.wharfinger.markdown.Item;
import dev.wharfinger.markdown.Row;
import dev.wharfinger.markdown.Section;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One sentence of a persona file, where it stands, and to which item or row it belongs.
 *
 * @param owner the first line of the item or row; the sentence's own line in running text
 * @param first whether it is the first of its item or row
 */
record Sentence(String section, int line, int owner, boolean first, String text) {
    private static final Pattern TITLE_LINE = Pattern.compile("(\\[![A-Z]+\\]|[A-Z][A-Z \\-&]+)");

    /** Every sentence of the file below its front matter, in order; headings are none. */
    static List<Sentence> of(Parts parts) {
        var sentences = new ArrayList<Sentence>();
        parts.outline().preamble().forEach(block -> add("preamble", block, sentences));
        for (Section section : parts.outline().allSections().toList()) {
            section.blocks().forEach(block -> add(section.title(), block, sentences));
        }
        return sentences;
    }

    private static void add(String section, Block block, List<Sentence> to) {
        switch (block) {
            case Block.Paragraph paragraph -> prose(section, paragraph, to);
            case Block.BulletList list -> list.items().forEach(item -> item(section, item, to));
            case Block.Table table -> table.rows().forEach(row -> to.add(row(section, row)));
            case Block.Quote quote -> quote.blocks().forEach(inner -> add(section, inner, to));
            case Block.Code code -> whole(section, code.line(), code.text(), to);
            case Block.Other other -> whole(section, other.line(), other.text(), to);
        }
    }

    private static void whole(String section, int line, String text, List<Sentence> to) {
        String first = text.strip().lines().findFirst().orElse("");
        if (first.codePoints().anyMatch(Character::isLetter) && !first.startsWith("<!--")) {
            to.add(new Sentence(section, line, line, true, first));
        }
    }

    private static Sentence row(String section, Row row) {
        String text = row.cells().stream().map(Cell::text).collect(Collectors.joining(" | "));
        return new Sentence(section, row.line(), row.line(), true, text);
    }

    private static void prose(String section, Block.Paragraph paragraph, List<Sentence> to) {
        for (Piece piece : split(paragraph.text(), paragraph.line())) {
            to.add(new Sentence(section, piece.line(), piece.line(), true, piece.text()));
        }
    }

    private static void item(String section, Item item, List<Sentence> to) {
        boolean labelOnly = item.text().endsWith(":") && !item.children().isEmpty();
        boolean first = true;
        for (Piece piece : labelOnly ? List.<Piece>of() : split(item.text(), item.line())) {
            to.add(new Sentence(section, piece.line(), item.line(), first, piece.text()));
            first = false;
        }
        item.children().forEach(block -> add(section, block, to));
    }

    private record Piece(int line, String text) {}

    /** The sentences of a text; a mark inside code ends none, and neither does an abbreviation. */
    private static List<Piece> split(String text, int firstLine) {
        var pieces = new ArrayList<Piece>();
        int line = firstLine;
        int lineOfPiece = firstLine;
        boolean code = false;
        boolean blank = true;
        var piece = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            code ^= c == '`';
            if (c == '\n') {
                line++;
                if (piece.length() < 200
                        && TITLE_LINE.matcher(piece.toString().strip()).matches()) {
                    piece.setLength(0);
                    blank = true;
                }
            }
            if (blank) {
                piece.setLength(0);
                lineOfPiece = line;
            }
            blank &= Character.isWhitespace(c);
            piece.append(c == '\n' ? ' ' : c);
            if (!code && endsSentence(text, i)) {
                keep(pieces, lineOfPiece, piece);
                blank = true;
            }
        }
        keep(pieces, lineOfPiece, piece);
        return pieces;
    }

    private static void keep(List<Piece> pieces, int line, StringBuilder piece) {
        String text = piece.toString().strip();
        piece.setLength(0);
        boolean says = text.codePoints().anyMatch(Character::isLetter);
        if (says && !TITLE_LINE.matcher(text).matches()) {
            pieces.add(new Piece(line, text));
        }
    }

    private static boolean endsSentence(String text, int at) {
        if (".!?".indexOf(text.charAt(at)) < 0 || at + 2 >= text.length()) {
            return false;
        }
        char next = text.charAt(at + 2);
        return Character.isWhitespace(text.charAt(at + 1))
                && (Character.isUpperCase(next) || "`\"“*[".indexOf(next) >= 0 || next > 0x2000);
    }
}
