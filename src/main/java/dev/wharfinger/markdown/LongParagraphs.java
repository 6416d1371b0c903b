package dev.wharfinger.markdown;

import org.commonmark.node.Block;
import org.commonmark.node.Document;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/**
 * Stops at a paragraph of too many lines. Core 0.30.0 copies an open paragraph at each further line
 * that does not begin with a letter: 190,000 such lines (2 MiB of table rows without a head) took
 * 46 s. It starts no block of its own, and serves one parse.
 */
final class LongParagraphs implements BlockParserFactory {
    /** Only lines that the library looks at twice count; 1,000 cost half a millisecond. */
    private static final int LINE_LIMIT = 1_000;

    private Block current = new Document();
    private int lines;

    @Override
    public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
        var block = matched.getMatchedBlockParser().getBlock();
        lines = block == current ? lines + 1 : 1;
        current = block;
        if (lines > LINE_LIMIT && block instanceof Paragraph) {
            throw new Found(state.getLine().getSourceSpan().getLineIndex() + 1);
        }
        return BlockStart.none();
    }

    /** The line at which the limit was passed. */
    static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;

        private Found(int line) {
            super("line " + line, null, false, false);
            this.line = line;
        }

        int line() {
            return line;
        }

        String reason() {
            return "a paragraph of more than " + LINE_LIMIT + " lines; a blank line would end it";
        }
    }
}
