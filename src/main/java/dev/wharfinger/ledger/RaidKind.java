package dev.wharfinger.ledger;

import java.util.Locale;

/** The four kinds of entry of a RAID log. */
public enum RaidKind {
    RISK("Risk", "Risks"),
    ASSUMPTION("Assumption", "Assumptions"),
    ISSUE("Issue", "Issues"),
    DEPENDENCY("Dependency", "Dependencies");

    private final String word;
    private final String title;

    RaidKind(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** As a type column has it: {@code Risk}. */
    public String word() {
        return word;
    }

    /** As a section is headed: {@code Risks}. */
    public String title() {
        return title;
    }

    /** {@code R}, {@code A}, {@code I} or {@code D}. */
    public String letter() {
        return word.substring(0, 1);
    }

    boolean isNamedBy(String cell) {
        var bare = cell.replaceAll("[^A-Za-z]+", " ").strip().toLowerCase(Locale.ROOT);
        return bare.equals(word.toLowerCase(Locale.ROOT))
                || bare.equals(title.toLowerCase(Locale.ROOT))
                || bare.equals(letter().toLowerCase(Locale.ROOT));
    }
}
