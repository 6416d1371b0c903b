package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Cell;
import dev.wharfinger.markdown.Item;
import dev.wharfinger.persona.StatusWord;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The squad's rows in a plan that has no table of them: a list whose items say {@code /deploy: 💤
 * IDLE}. What stands before the command and behind the status belongs to the author.
 */
final class SquadLists {
    /** What may stand between a command and its status; a link's target may come before it. */
    private static final Pattern BETWEEN =
            Pattern.compile("^[^:=→—–|\\n]*?(?::|=|→|->|—|–|\\||\\s-)(?=[\\s*_`]|$)");

    private static final Pattern WORD =
            Pattern.compile(
                    Arrays.stream(StatusWord.values())
                            .map(StatusWord::name)
                            .collect(Collectors.joining("|", "(?i)\\b(", ")\\b")));

    private static final String MARKS = "*_`~";
    private final LedgerText text;
    private final List<Line> rows = new ArrayList<>();
    private int unread;

    /** An item that names one command, what it says of it, and where its status stands. */
    record Line(int line, String command, String raw, Optional<Cell> status) {}

    private SquadLists(LedgerText text) {
        this.text = text;
        text.outline().preamble().forEach(this::look);
        text.outline().allSections().forEach(section -> section.blocks().forEach(this::look));
    }

    static SquadLists in(LedgerText text) {
        return new SquadLists(text);
    }

    List<Line> rows() {
        return rows;
    }

    /** The line of a list that names commands and says nothing of them that is understood; or 0. */
    int unread() {
        return unread;
    }

    private void look(Block block) {
        if (!(block instanceof Block.BulletList list)) {
            return;
        }
        var named = new ArrayList<Line>();
        for (Item item : list.items()) {
            if (item.checked().isEmpty()) { // else it is a task
                line(item).ifPresent(named::add);
            }
            item.children().forEach(this::look);
        }
        long read = named.stream().filter(line -> line.status().isPresent()).count();
        long distinct = named.stream().map(Line::command).distinct().count();
        if (read > 0 && read * 2 >= list.items().size() && distinct == named.size()) {
            rows.addAll(named);
        } else if (unread == 0 && named.size() > 1 && named.size() * 2 >= list.items().size()) {
            unread = list.line();
        }
    }

    private Optional<Line> line(Item item) {
        String line = text.line(item.line());
        var mentions = Mentions.in(line);
        if (mentions.size() != 1) {
            return Optional.empty();
        }
        var mention = mentions.getFirst();
        var between = BETWEEN.matcher(line.substring(mention.end()));
        if (!between.find()) {
            return Optional.of(new Line(item.line(), mention.command(), "", Optional.empty()));
        }
        int from = mention.end() + between.end();
        String said = line.substring(from);
        Optional<Cell> status =
                StatusCell.read(said).isEmpty() ? Optional.empty() : cell(item, line, from);
        return Optional.of(new Line(item.line(), mention.command(), bare(said), status));
    }

    /** The emoji and the word, without the marks around them and the remark behind them. */
    private static Optional<Cell> cell(Item item, String line, int from) {
        var word = WORD.matcher(line).region(from, line.length());
        boolean worded = word.find();
        int end = worded ? word.end() : line.stripTrailing().length();
        while (!worded && end > from && MARKS.indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = worded ? word.start() : end;
        start = emoji(line, from, start);
        int marked = start;
        while (worded && marked > from && MARKS.indexOf(line.charAt(marked - 1)) >= 0) {
            marked--;
        }
        int before = emoji(line, from, marked);
        if (before < marked && !line.substring(before, marked).isBlank()) { // 💤 **IDLE**
            String marks = line.substring(marked, start);
            start = before;
            end += line.startsWith(marks, end) ? marks.length() : 0;
        }
        while (start < end && Character.isWhitespace(line.charAt(start))) {
            start++;
        }
        return start == end
                ? Optional.empty()
                : Optional.of(new Cell(item.line(), start, end, line.substring(start, end)));
    }

    /** Where the emoji, whole or broken, begins that ends here. */
    private static int emoji(String line, int from, int end) {
        int start = end;
        while (start > from && isOfStatus(line.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isOfStatus(char c) {
        boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
        return !plain && MARKS.indexOf(c) < 0;
    }

    private static String bare(String said) {
        int from = 0;
        int to = said.length();
        while (from < to && isEdge(said.charAt(from))) {
            from++;
        }
        while (to > from && isEdge(said.charAt(to - 1))) {
            to--;
        }
        return said.substring(from, to);
    }

    private static boolean isEdge(char c) {
        return Character.isWhitespace(c) || MARKS.indexOf(c) >= 0 && c != '~';
    }
}
