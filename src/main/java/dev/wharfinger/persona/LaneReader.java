package dev.wharfinger.persona;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Item;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads lanes from {@code - **Owner (Write):** `k8s/`, `RUNBOOK.md`}. What is no plain path grants
 * nothing and is reported: a glob, prose, a name that leaves the project.
 */
final class LaneReader {
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}]");
    private static final Pattern WHOLE_FOLDER = Pattern.compile("([^*?\\[\\]{}]+)/\\*\\*/?");
    private static final Pattern BARE_PATH =
            Pattern.compile("[\\w.@-]*/[\\w./@*-]*|[\\w@-]*\\.[A-Za-z]\\w{0,9}");

    private static final Pattern FOLDERLIKE = Pattern.compile("[^.]+|\\.[^.]+");
    private static final Pattern FILES_WITHOUT_ENDING =
            Pattern.compile("(Docker|Make|Jenkins|Proc|Gem|Rake|Vagrant)file|LICENSE|CODEOWNERS");

    private final Parts parts;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    LaneReader(Parts parts) {
        this.parts = parts;
    }

    List<Warning> warnings() {
        return warnings;
    }

    /** The lanes of the file; refused where it has none, or declares them twice. */
    List<Lane> read() throws PersonaUnreadable {
        List<Item> declarations =
                Parts.itemsOf(parts.blocksOutside()).stream()
                        .filter(item -> isLabelled(item.text(), "lane"))
                        .toList();
        int places = declarations.size() + (parts.has(Topic.LANES) ? 1 : 0);
        if (places > 1) {
            int line = declarations.getLast().line();
            throw new PersonaUnreadable(
                    parts.at(line),
                    "lanes are declared in " + places + " places",
                    "Keep one declaration, so that it is clear which one holds");
        }
        for (Item item : Parts.itemsOf(parts.blocks(Topic.LANES))) {
            lane(item);
        }
        for (Item declaration : declarations) {
            for (Item item : Parts.itemsOf(declaration.children())) {
                lane(item);
            }
        }
        if (lanes.isEmpty()) {
            int line = declarations.isEmpty() ? 0 : declarations.getFirst().line();
            throw new PersonaUnreadable(
                    parts.at(parts.section(Topic.LANES).map(s -> s.line()).orElse(line)),
                    "no lanes that can be read",
                    "Write `- **Lane:**` and below it `- **Owner (Write):** ` with paths in code"
                            + " marks, likewise `Collaborative (Write)` and `Reader`");
        }
        return lanes;
    }

    static boolean isLabelled(String text, String label) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.matches("(?s)" + label + "s?( \\([^)]*\\))?\\s*:.*");
    }

    private void lane(Item item) {
        Optional<Lane.Mode> mode = mode(item.text());
        if (mode.isEmpty()) {
            warnings.add(
                    new Warning(
                            parts.at(item.line()),
                            "no lane: it begins with none of `Owner`, `Collaborative`, `Reader`;"
                                    + " grants nothing"));
            return;
        }
        var text = new StringBuilder(item.text().substring(item.text().indexOf(':') + 1));
        for (Item child : Parts.itemsOf(item.children())) {
            text.append(", ").append(child.text());
        }
        for (Block block : item.children()) {
            if (block instanceof Block.Paragraph paragraph) {
                text.append(", ").append(paragraph.text());
            }
        }
        lanes.add(
                new Lane(
                        mode.get(),
                        reaches(mode.get(), text.toString(), item.line()),
                        parts.at(item.line())));
    }

    private static Optional<Lane.Mode> mode(String text) {
        int colon = text.indexOf(':');
        String label = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT).strip();
        if (label.startsWith("owner") || label.startsWith("own ") || label.startsWith("write")) {
            return Optional.of(Lane.Mode.OWNER);
        }
        if (label.startsWith("collab") || label.startsWith("shared")) {
            return Optional.of(Lane.Mode.COLLABORATIVE);
        }
        return label.startsWith("read") ? Optional.of(Lane.Mode.READER) : Optional.empty();
    }

    private List<Lane.Reach> reaches(Lane.Mode mode, String text, int line) {
        var reaches = new ArrayList<Lane.Reach>();
        var names = new ArrayList<String>();
        CODE.matcher(text).results().forEach(found -> names.add(found.group(1).strip()));
        for (String rest : CODE.matcher(text).replaceAll(",").split("[,;\n]")) {
            String prose = rest.replaceAll("^[\\s.&]*(and|or)?\\b|[\\s.&]+$", "").strip();
            if (BARE_PATH.matcher(prose).matches()) {
                names.add(prose);
            } else if (prose.codePoints().anyMatch(Character::isLetterOrDigit)) {
                warnings.add(prose(mode, prose, line));
            }
        }
        for (String name : names) {
            reach(name, line).filter(reach -> !reaches.contains(reach)).ifPresent(reaches::add);
        }
        return reaches;
    }

    private Warning prose(Lane.Mode mode, String prose, int line) {
        String meaning =
                mode == Lane.Mode.READER
                        ? "every file is readable but secrets files and forbidden paths"
                        : "grants nothing; write folders and files in code marks";
        return new Warning(parts.at(line), "`" + prose + "` is prose: " + meaning);
    }

    private Optional<Lane.Reach> reach(String name, int line) {
        var whole = WHOLE_FOLDER.matcher(name);
        if (whole.matches()) {
            return reach(whole.group(1) + "/", line);
        }
        if (GLOB.matcher(name).find()) {
            return nothing(name, "is a glob and grants nothing; name the folder, `dir/`", line);
        }
        String bare = name.replaceAll("^\\./", "");
        boolean folder = bare.endsWith("/");
        bare = folder ? bare.substring(0, bare.length() - 1) : bare;
        if (bare.isEmpty() || bare.equals(".")) {
            return nothing(name, "is the whole project, which is no lane; grants nothing", line);
        }
        if (!(WorkspacePath.parse(bare) instanceof Verdict.Granted<WorkspacePath>(var path))) {
            return nothing(name, "is no path inside the project; grants nothing", line);
        }
        if (path.equals(WorkspacePath.ROOT)) {
            return nothing(name, "is the whole project, which is no lane; grants nothing", line);
        }
        if (!folder && looksLikeFolder(path.name())) {
            nothing(name, "is read as a file; write `" + bare + "/` for the folder", line);
        }
        return Optional.of(folder ? new Lane.Reach.Folder(path) : new Lane.Reach.File(path));
    }

    private static boolean looksLikeFolder(String name) {
        return FOLDERLIKE.matcher(name).matches() && !FILES_WITHOUT_ENDING.matcher(name).matches();
    }

    private Optional<Lane.Reach> nothing(String name, String why, int line) {
        warnings.add(new Warning(parts.at(line), "`" + name + "` " + why));
        return Optional.empty();
    }
}
