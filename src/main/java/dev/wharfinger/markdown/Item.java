package dev.wharfinger.markdown;

import java.util.List;
import java.util.Optional;

/**
 * One item of a list: its number where the list is numbered, its box where it is a task, the text
 * of its first paragraph, and every block after that. The end line includes the children.
 */
public record Item(
        int line,
        int endLine,
        Optional<Integer> number,
        Optional<Boolean> checked,
        String text,
        List<Block> children) {
    public Item {
        children = List.copyOf(children);
    }
}
