package dev.wharfinger.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The rules of the house as {@code docs/architecture.md} writes them: which package may use which,
 * and which outside library is whose.
 *
 * @param rows the package table, in its order
 * @param libraries for each word of the last column, the Java packages and classes it stands for
 */
record House(SequencedMap<String, Row> rows, SequencedMap<String, List<String>> libraries) {
    static final String ROOT = "dev.wharfinger";

    /** One package: what it may use, in both columns. */
    record Row(String name, List<String> mayUse, List<String> libraries) {}

    /**
     * Reads the two tables.
     *
     * @throws IllegalArgumentException where a row names a package that does not stand above it (so
     *     that the table itself cannot hold a cycle) or a library that the second table lacks
     */
    static House read(String markdown) {
        var libraries = new LinkedHashMap<String, List<String>>();
        for (List<String> cells : table(markdown, "## Outside libraries")) {
            libraries.put(cells.get(0), words(cells.get(1)));
        }
        var rows = new LinkedHashMap<String, Row>();
        for (List<String> cells : table(markdown, "## Packages")) {
            Row row = row(cells, List.copyOf(rows.keySet()));
            for (String used : row.mayUse()) {
                require(rows.containsKey(used), row.name(), used, "is not in a row above it");
            }
            for (String library : row.libraries()) {
                require(
                        libraries.containsKey(library),
                        row.name(),
                        library,
                        "is missing in the table of outside libraries");
            }
            rows.put(row.name(), row);
        }
        return new House(rows, libraries);
    }

    /** The package of the table that holds this class; empty for the root and for strangers. */
    Optional<Row> rowOf(String className) {
        return Optional.ofNullable(rows.get(packageOf(className)));
    }

    /** The word for the library that this class comes from, the most specific one. */
    Optional<String> libraryOf(String className) {
        String best = "";
        Optional<String> found = Optional.empty();
        for (var library : libraries.entrySet()) {
            for (String prefix : library.getValue()) {
                boolean inside =
                        className.equals(prefix)
                                || className.startsWith(prefix + ".")
                                || className.startsWith(prefix + "$");
                if (inside && prefix.length() > best.length()) {
                    best = prefix;
                    found = Optional.of(library.getKey());
                }
            }
        }
        return found;
    }

    /** The packages that may use this library, for a failure's text. */
    List<String> homesOf(String library) {
        return rows.values().stream()
                .filter(row -> row.libraries().contains(library))
                .map(Row::name)
                .toList();
    }

    /** What follows {@code dev.wharfinger.} in a class's package; empty for the root itself. */
    static String packageOf(String className) {
        int end = className.lastIndexOf('.');
        String whole = end < 0 ? "" : className.substring(0, end);
        return whole.startsWith(ROOT + ".") ? whole.substring(ROOT.length() + 1) : "";
    }

    private static Row row(List<String> cells, List<String> above) {
        List<String> mayUse = words(cells.get(3));
        return new Row(
                cells.get(1).replace("`", ""),
                mayUse.equals(List.of("all above")) ? above : mayUse,
                words(cells.get(4)));
    }

    private static void require(boolean holds, String row, String word, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "docs/architecture.md: row `" + row + "`: `" + word + "` " + problem);
        }
    }

    private static List<String> words(String cell) {
        return Stream.of(cell.replace("`", "").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty() && !word.equals("–"))
                .toList();
    }

    /** The body rows of the first table after a heading. */
    private static List<List<String>> table(String markdown, String heading) {
        var rows = new ArrayList<List<String>>();
        List<String> lines = markdown.lines().dropWhile(line -> !line.equals(heading)).toList();
        for (String line : lines) {
            if (line.startsWith("|")) {
                String inside = line.substring(1, line.lastIndexOf('|'));
                rows.add(Arrays.stream(inside.split("\\|")).map(String::strip).toList());
            } else if (!rows.isEmpty()) {
                break;
            }
        }
        if (rows.size() < 3) {
            throw new IllegalArgumentException(
                    "docs/architecture.md has no table under " + heading);
        }
        return rows.subList(2, rows.size());
    }
}
