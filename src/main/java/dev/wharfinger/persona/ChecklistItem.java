package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;

/** One line of the entry or exit checklist, and what the server checks it by. */
public record ChecklistItem(int number, String text, ItemKind kind, Source source) {
    public ChecklistItem {
        if (number < 0 || text.isBlank()) {
            throw new IllegalArgumentException("item " + number + " at " + source);
        }
    }

    /** The files that this line names in code marks, in order. */
    public List<WorkspacePath> files() {
        return Mentions.of(text).files();
    }

    /** The personas that this line names in code marks, in order: {@code /test}. */
    public List<String> commands() {
        return Mentions.of(text).commands();
    }
}
