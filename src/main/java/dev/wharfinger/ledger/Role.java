package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Cell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;

/** What a column is for, and the headings under which real files have it. */
record Role(String name, Set<String> headings) {
    static Role of(String name, String... headings) {
        return new Role(name, Set.of(headings));
    }

    /**
     * The column of each role that the table has: a heading that says exactly so first, else one
     * that has the word among others. A column serves one role.
     */
    static SequencedMap<String, Integer> columns(Block.Table table, List<Role> roles) {
        var columns = new LinkedHashMap<String, Integer>();
        for (boolean exact : new boolean[] {true, false}) {
            for (var role : roles) {
                for (int i = 0; i < table.header().size() && !columns.containsKey(role.name); i++) {
                    if (!columns.containsValue(i) && role.fits(table.header().get(i), exact)) {
                        columns.put(role.name, i);
                    }
                }
            }
        }
        return columns;
    }

    private boolean fits(Cell heading, boolean exact) {
        var text = heading.text().toLowerCase(Locale.ROOT).replace("`", "").strip();
        return exact
                ? headings.contains(text)
                : List.of(text.split("[^\\p{L}\\p{N}#]+")).stream().anyMatch(headings::contains);
    }
}
