package dev.wharfinger.persona;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Cell;
import dev.wharfinger.markdown.Item;
import dev.wharfinger.markdown.Section;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What looks like a rule and became none, since Markdown reads it otherwise than it looks: a bullet
 * that is no bullet, a heading without its blank, a part in code, a checklist under a heading that
 * names no part. Each is a warning, so that no rule is lost in silence.
 */
final class LostRules {
    private static final Pattern OTHER_BULLET = Pattern.compile("[\\s>]*([•–—·◦‣▪●∙])\\s+\\S.*");
    private static final Pattern GLUED_HEADING = Pattern.compile("(#{1,6})[^#\\s\\d].*");
    private static final Pattern HEADING = Pattern.compile("[\\s>]*#{1,6}\\s+(\\S.*)");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(```|~~~).*");
    private static final Pattern MARKED = Pattern.compile("\\s*([-*+]|\\d+[.)])\\s+\\S.*");
    private static final Pattern FORBIDS =
            Pattern.compile("(no|do not|don't|never)\\b.*", Pattern.CASE_INSENSITIVE);
    private static final List<List<String>> TABLES =
            List.of(
                    List.of("outcome", "next"),
                    List.of("phase", "name"),
                    List.of("emoji", "status"));

    private final Parts parts;
    private final List<Warning> warnings = new ArrayList<>();
    private final BitSet unread = new BitSet();

    LostRules(Parts parts) {
        this.parts = parts;
    }

    List<Warning> all() {
        parts.outline().blocks().forEach(this::unread);
        lines();
        parts.outline().sections().forEach(section -> under(section, false));
        return warnings;
    }

    /** Code and comments: nothing in them is read, whatever it looks like. */
    private void unread(Block block) {
        if (block instanceof Block.Quote quote) {
            quote.blocks().stream().filter(Block.Other.class::isInstance).forEach(this::unread);
        }
        if (block instanceof Block.Code || block instanceof Block.Other) {
            endless(block);
            unread.set(block.line(), block.endLine() + 1);
            for (int line = block.line(); line <= block.endLine(); line++) {
                lostIn(block, line);
            }
        }
    }

    private void endless(Block block) {
        String first = parts.outline().lines().get(block.line() - 1);
        String last = parts.outline().lines().get(block.endLine() - 1);
        boolean fence = FENCE.matcher(first).matches() && !FENCE.matcher(last).matches();
        boolean alone = FENCE.matcher(first).matches() && block.line() == block.endLine();
        boolean comment = block instanceof Block.Other && first.contains("<!--");
        if (fence || alone || (comment && !last.contains("-->"))) {
            warn(block.line(), "what begins here never ends: everything behind it is not read");
        }
    }

    private void lostIn(Block block, int line) {
        String text = parts.outline().lines().get(line - 1);
        var heading = HEADING.matcher(text);
        String what = block instanceof Block.Code ? "code" : "a quote, a comment or HTML";
        if (heading.matches() && isPart(heading.group(1))) {
            warn(
                    line,
                    "the part `"
                            + heading.group(1).strip()
                            + "` stands in "
                            + what
                            + " and is not read; end what begins in line "
                            + block.line());
        } else if (block instanceof Block.Code(var first, var _, var info, var _)
                && info.isEmpty()
                && parts.outline().lines().get(first - 1).matches("( {0,3}\\t| {4}).*")
                && MARKED.matcher(text).matches()) {
            warn(line, "indented so far, this item is code and is not read; take blanks away");
        }
    }

    private void lines() {
        for (int line = 1; line <= parts.outline().lines().size(); line++) {
            String text = parts.outline().lines().get(line - 1);
            var bullet = OTHER_BULLET.matcher(text);
            var glued = GLUED_HEADING.matcher(text);
            if (unread.get(line)) {
                continue;
            }
            if (bullet.matches()) {
                warn(line, "`" + bullet.group(1) + "` begins no item; write `-`");
            } else if (glued.matches()) {
                warn(
                        line,
                        "no heading and no item: a blank is missing behind `"
                                + glued.group(1)
                                + "`");
            }
        }
    }

    private static boolean isPart(String title) {
        return Parts.topicOf(new Section(2, title.strip(), 1, 1, List.of(), List.of())).isPresent();
    }

    private void under(Section section, boolean inPart) {
        boolean part = inPart || Parts.topicOf(section).isPresent();
        if (!part && section.blocks().stream().anyMatch(LostRules::demands)) {
            warn(
                    section.line(),
                    "rules stand under `"
                            + section.title()
                            + "`, which names no part: they are advice only");
        }
        section.children().forEach(child -> under(child, part));
    }

    /** Boxes to tick, prohibitions, or a table of the kind that a part has. */
    private static boolean demands(Block block) {
        if (block instanceof Block.BulletList list) {
            return list.items().stream().anyMatch(LostRules::demands);
        }
        if (block instanceof Block.Table table) {
            String header =
                    table.header().stream()
                            .map(Cell::text)
                            .collect(Collectors.joining(" "))
                            .toLowerCase(Locale.ROOT);
            return TABLES.stream().anyMatch(words -> words.stream().allMatch(header::contains));
        }
        return false;
    }

    private static boolean demands(Item item) {
        boolean forbids =
                FORBIDS.matcher(item.text()).matches()
                        && Meanings.prohibition(item.text()).isPresent();
        return item.checked().isPresent() || forbids;
    }

    private void warn(int line, String text) {
        warnings.add(new Warning(parts.at(line), text));
    }
}
