package dev.wharfinger.proof;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the versions that a text names: {@code name@1.2.3}, image tags, Git tags, and actions with
 * a ref. Mail addresses, commit hashes, times, ports and {@code file:line} are none of these. A
 * word with a colon counts as an image where {@code image:}, {@code FROM} or the like stands before
 * it, or where its tag has a dot between digits.
 */
public final class VersionClaims {
    private static final int LONGEST_LINE = 20_000;

    private static final String BEFORE = "(?<![\\w.@/:+-])";
    private static final String VERSION =
            "[vV]?\\d{1,9}(?:\\.[0-9xX*]{1,9}){0,4}(?:[-+][0-9A-Za-z.-]{1,60})?";

    private static final Pattern AT =
            Pattern.compile(
                    BEFORE
                            + "(@?[A-Za-z0-9][\\w.-]{0,100}(?:[/:][\\w.-]{1,100}){0,4})"
                            + "@(?:npm:)?[~^=]?("
                            + VERSION
                            + ")(?![\\w@/])");
    private static final Pattern IMAGE_AFTER =
            Pattern.compile(
                    "(?:\\bimage[\"']?\\s*:\\s*[\"']?|\\bFROM\\s+(?:--platform=\\S{1,60}\\s+)?"
                            + "|\\b(?:docker|podman)\\s+(?:pull|run|push)\\s+)"
                            + "([a-z0-9][\\w./-]{0,200}(?::\\d{1,5}/[\\w./-]{1,200})?)"
                            + ":([A-Za-z0-9_][\\w.-]{0,127})");
    private static final Pattern IMAGE =
            Pattern.compile(
                    BEFORE
                            + "([a-z][a-z0-9._-]{0,80}(?::\\d{1,5})?(?:/[a-z0-9._-]{1,80}){0,5})"
                            + ":([vV]?\\d{1,9}(?:\\.\\d{1,9}){1,3}(?:-[\\w.-]{1,60})?)(?![\\w:/])");
    private static final Pattern TAG =
            Pattern.compile(
                    "(?<![\\w.@:+-])[vV]\\d{1,6}\\.\\d{1,6}(?:\\.\\d{1,6})?"
                            + "(?:[-+][0-9A-Za-z][0-9A-Za-z.-]{0,60})?(?![\\w])");

    private VersionClaims() {}

    /** What the text claims, each once a line, in its order. */
    public static List<Claim> in(String text) {
        Set<Claim> claims = new LinkedHashSet<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            for (int from = 0; from < line.length(); from += LONGEST_LINE) {
                int to = Math.min(line.length(), from + LONGEST_LINE);
                find(line.substring(from, to), number, claims);
            }
        }
        return List.copyOf(new ArrayList<>(claims));
    }

    private static void find(String line, int number, Set<Claim> claims) {
        String rest = line;
        boolean digits = line.chars().anyMatch(c -> c >= '0' && c <= '9');
        // Most lines claim nothing, and looking costs more than this.
        if (digits && line.indexOf('@') >= 0) {
            Matcher at = AT.matcher(rest);
            while (at.find()) {
                String name = at.group(1);
                claims.add(new Claim(kindOf(name, line), name, trim(at.group(2)), number));
            }
            rest = at.replaceAll(match -> " ".repeat(match.group().length()));
        }
        List<Pattern> images = line.indexOf(':') >= 0 ? List.of(IMAGE_AFTER, IMAGE) : List.of();
        for (Pattern pattern : images) {
            Matcher image = pattern.matcher(rest);
            while (image.find()) {
                claims.add(
                        new Claim(Claim.Kind.IMAGE, image.group(1), trim(image.group(2)), number));
            }
            rest = image.replaceAll(match -> " ".repeat(match.group().length()));
        }
        Matcher tag = TAG.matcher(rest);
        while (digits && rest.indexOf('.') >= 0 && tag.find()) {
            claims.add(new Claim(Claim.Kind.GIT_TAG, "", trim(tag.group()), number));
        }
    }

    /** {@code owner/repository@ref} is an action where it is used as one, else a package. */
    private static Claim.Kind kindOf(String name, String line) {
        boolean used = line.contains("uses:") || name.startsWith("actions/");
        return used && name.indexOf('/') > 0 && !name.startsWith("@")
                ? Claim.Kind.ACTION
                : Claim.Kind.PACKAGE;
    }

    /** A full stop at the end belongs to the sentence. */
    private static String trim(String version) {
        String cut = version;
        while (cut.endsWith(".") || cut.endsWith("-")) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut;
    }
}
