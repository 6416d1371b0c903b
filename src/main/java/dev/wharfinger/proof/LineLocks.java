package dev.wharfinger.proof;

import dev.wharfinger.workspace.FileContent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lockfiles and manifests that say one thing a line. */
final class LineLocks {
    private static final Pattern GRADLE =
            Pattern.compile("^([^:#=\\s]{1,200}:[^:#=\\s]{1,200}):([^:=\\s]{1,100})=.*$");
    private static final Pattern TOML_TABLE =
            Pattern.compile("^\\s*\\[\\[?\\s*([^\\]]{1,300}?)\\s*\\].*$");
    private static final Pattern TOML_TEXT =
            Pattern.compile("^\\s*(name|version)\\s*=\\s*\"([^\"]{1,200})\".*$");
    private static final Pattern CARGO_ASKED =
            Pattern.compile(
                    "^\\s*\"?([A-Za-z0-9_-]{1,100})\"?\\s*=\\s*"
                            + "(?:\"([^\"]{1,100})\"|\\{(?:.{0,2000}?[,{\\s])??"
                            + "version\\s*=\\s*\"([^\"]{1,100})\".*\\}).*$");
    private static final Pattern REQUIREMENT =
            Pattern.compile(
                    "^\\s*([A-Za-z0-9][A-Za-z0-9._-]{0,100})\\s*(?:\\[[^\\]]{0,200}\\])?\\s*"
                            + "(===|==|~=|>=|<=|>|<|!=)\\s*([^;#\\s\\\\]{1,200}).*$");
    private static final Pattern GO =
            Pattern.compile(
                    "^\\s*(?:require\\s+)?"
                            + "([^\\s()/]{1,200}\\.[^\\s()]{1,300})\\s+(v\\d\\S{0,100}).*$");

    private LineLocks() {}

    static List<FoundVersion> gradle(FileContent file) {
        return lines(file, GRADLE, (matcher, line) -> mavenLocked(file, matcher, line));
    }

    /** The {@code [[package]]} tables of Cargo, Poetry and uv: a name, then a version. */
    static List<FoundVersion> tomlPackages(String ecosystem, FileContent file) {
        List<FoundVersion> found = new ArrayList<>();
        boolean inside = false;
        String name = "";
        int number = 0;
        for (String line : file.text().lines().toList()) {
            number++;
            Matcher text = TOML_TEXT.matcher(line);
            if (line.startsWith("[")) {
                inside = line.startsWith("[[package]]");
                name = "";
            } else if (inside && text.matches()) {
                if (text.group(1).equals("name")) {
                    name = text.group(2);
                } else if (!name.isEmpty()) {
                    found.add(Lockfiles.found(file, ecosystem, name, text.group(2), number, true));
                }
            }
        }
        return found;
    }

    /** Tables whose name ends in {@code dependencies}, and {@code [dependencies.name]}. */
    static List<FoundVersion> cargoManifest(FileContent file) {
        List<FoundVersion> found = new ArrayList<>();
        String table = "";
        int number = 0;
        for (String line : file.text().lines().toList()) {
            number++;
            Matcher header = TOML_TABLE.matcher(line);
            Matcher asked = CARGO_ASKED.matcher(line);
            Matcher text = TOML_TEXT.matcher(line);
            int own = table.lastIndexOf("dependencies.");
            if (header.matches()) {
                table = header.group(1);
            } else if (own >= 0 && text.matches() && text.group(1).equals("version")) {
                String name = table.substring(own + "dependencies.".length()).replace("\"", "");
                found.add(Lockfiles.found(file, "cargo", name, text.group(2), number, false));
            } else if (table.endsWith("dependencies") && asked.matches()) {
                String version = asked.group(2) == null ? asked.group(3) : asked.group(2);
                found.add(Lockfiles.found(file, "cargo", asked.group(1), version, number, false));
            }
        }
        return found;
    }

    static List<FoundVersion> requirements(FileContent file) {
        return lines(
                file,
                REQUIREMENT,
                (matcher, line) -> {
                    boolean exact = matcher.group(2).startsWith("==");
                    boolean locked = exact && !matcher.group(3).matches(".*[*,].*");
                    String version = exact ? matcher.group(3) : matcher.group(2) + matcher.group(3);
                    return Lockfiles.found(file, "pypi", matcher.group(1), version, line, locked);
                });
    }

    /**
     * The versions in go.mod are the ones that are built, not wishes: minimal version selection.
     */
    static List<FoundVersion> goModule(FileContent file) {
        return lines(
                file,
                GO,
                (matcher, line) ->
                        Lockfiles.found(
                                file, "golang", matcher.group(1), matcher.group(2), line, true));
    }

    private static FoundVersion mavenLocked(FileContent file, Matcher matcher, int line) {
        return Lockfiles.found(file, "maven", matcher.group(1), matcher.group(2), line, true);
    }

    /** Makes a version of a line that matched. */
    private interface Reader {
        FoundVersion read(Matcher matcher, int line);
    }

    private static List<FoundVersion> lines(FileContent file, Pattern pattern, Reader reader) {
        List<FoundVersion> found = new ArrayList<>();
        int number = 0;
        for (String line : file.text().lines().toList()) {
            number++;
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                found.add(reader.read(matcher, number));
            }
        }
        return found;
    }
}
