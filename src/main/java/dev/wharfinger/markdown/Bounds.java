package dev.wharfinger.markdown;

import org.commonmark.node.Block;
import org.commonmark.node.Document;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/**
 * Stops at a paragraph of too many lines, and at a text of too many blocks. Core 0.30.0 copies an
 * open paragraph at each further line that does not begin with a letter: 190,000 such lines (2 MiB
 * of table rows without a head) took 46 s. Everything else costs time by the block, and 2 MiB of
 * nothing but list items took 6 s on a busy machine. It starts no block of its own, and serves one
 * parse; what is counted does not depend on the machine.
 */
final class Bounds implements BlockParserFactory {
    /** Only lines that the library looks at twice count; 1,000 cost half a millisecond. */
    private static final int LINE_LIMIT = 1_000;

    /** Looks for the beginning of a block: one a line, and one more for each block within it. */
    static final int LOOK_LIMIT = 100_000;

    private static final String LONG =
            "a paragraph of more than " + LINE_LIMIT + " lines; a blank line would end it";
    private static final String MANY =
            "more than " + LOOK_LIMIT + " blocks up to here; split the file";

    private Block current = new Document();
    private int lines;
    private int looks;

    @Override
    public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
        var block = matched.getMatchedBlockParser().getBlock();
        lines = block == current ? lines + 1 : 1;
        current = block;
        looks++;
        if (lines > LINE_LIMIT && block instanceof Paragraph) {
            throw new Found(state, LONG);
        }
        if (looks > LOOK_LIMIT) {
            throw new Found(state, MANY);
        }
        return BlockStart.none();
    }

    /** The line at which a limit was passed, and which one. */
    static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final String reason;

        private Found(ParserState state, String reason) {
            super(reason, null, false, false);
            this.line = state.getLine().getSourceSpan().getLineIndex() + 1;
            this.reason = reason;
        }

        int line() {
            return line;
        }

        String reason() {
            return reason;
        }
    }
}
