package dev.wharfinger.proof;

import dev.wharfinger.workspace.FileContent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lockfiles of pnpm and yarn. Both are written by a tool in one layout, so they are read by
 * lines: what is found is what stands there.
 */
final class NodeLocks {
    private static final String NAME = "(@?[^@/\\s'\"(]{1,214}(?:/[^@/\\s'\"(]{1,214})?)";

    /** {@code /name@1.2.3(peer@1):}, {@code 'name@1.2.3':}; in version 5 {@code /name/1.2.3:}. */
    private static final Pattern PNPM =
            Pattern.compile("^  ['\"]?/?" + NAME + "[@/](\\d[^\\s'\":(_]{0,100})[^:]{0,2000}:.*$");

    private static final Pattern YARN_KEY =
            Pattern.compile("^\"?" + NAME + "@[^\\n]{0,4000}:\\s*$");
    private static final Pattern YARN_VERSION =
            Pattern.compile("^  \"?version\"?:?\\s+\"?([^\"\\s]{1,100})\"?\\s*$");
    private static final Pattern YARN_RESOLUTION =
            Pattern.compile("^  \"?resolution\"?:\\s+\"" + NAME + "@[a-z]{1,20}:.*$");

    private NodeLocks() {}

    static List<FoundVersion> pnpm(FileContent file) {
        List<FoundVersion> found = new ArrayList<>();
        boolean inside = false;
        int number = 0;
        for (String line : file.text().lines().toList()) {
            number++;
            if (!line.isEmpty() && line.charAt(0) != ' ' && line.charAt(0) != '#') {
                inside = line.startsWith("packages:");
            }
            Matcher matcher = PNPM.matcher(line);
            if (inside && matcher.matches()) {
                found.add(
                        Lockfiles.found(
                                file, "npm", matcher.group(1), matcher.group(2), number, true));
            }
        }
        return found;
    }

    static List<FoundVersion> yarn(FileContent file) {
        List<FoundVersion> found = new ArrayList<>();
        String name = "";
        String version = "";
        int at = 0;
        int number = 0;
        for (String line : file.text().lines().toList()) {
            number++;
            Matcher key = YARN_KEY.matcher(line);
            Matcher versionLine = YARN_VERSION.matcher(line);
            Matcher resolution = YARN_RESOLUTION.matcher(line);
            if (key.matches()) {
                add(file, found, name, version, at);
                name = key.group(1);
                version = "";
            } else if (versionLine.matches() && !name.isEmpty()) {
                version = versionLine.group(1);
                at = number;
            } else if (resolution.matches()) {
                // An alias: the key is what it is called here, the resolution what it is.
                name = resolution.group(1);
            }
        }
        add(file, found, name, version, at);
        return found;
    }

    private static void add(
            FileContent file, List<FoundVersion> found, String name, String version, int line) {
        if (!name.isEmpty() && !version.isEmpty() && !version.equals("0.0.0-use.local")) {
            found.add(Lockfiles.found(file, "npm", name, version, line, true));
        }
    }
}
