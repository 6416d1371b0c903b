package dev.wharfinger.proof;

import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;

/**
 * A pattern for paths: {@code *} and {@code ?} within one part, {@code **} for any parts, and a
 * plain path for itself and, as a folder, for what is below it. Nothing else is special.
 */
record Glob(List<String> segments) {
    Glob {
        segments = List.copyOf(segments);
    }

    /**
     * The glob of that text; one leading {@code /} or {@code ./} is cut.
     *
     * @throws IllegalArgumentException where it is empty or leaves the folder
     */
    static Glob of(String text) {
        String cut = text.startsWith("./") ? text.substring(2) : text;
        cut = cut.startsWith("/") ? cut.substring(1) : cut;
        List<String> segments = List.of(cut.split("/", -1));
        for (String segment : segments) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("no pattern for paths: " + text);
            }
        }
        return new Glob(segments);
    }

    boolean matches(WorkspacePath path) {
        return matches(0, path.parts(), 0);
    }

    /** Whether the path itself, or a folder above it, is meant. */
    boolean covers(WorkspacePath path) {
        List<String> parts = path.parts();
        for (int end = parts.size(); end > 0; end--) {
            if (matches(0, parts.subList(0, end), 0)) {
                return true;
            }
        }
        return false;
    }

    /** The usual walk with one step back to the last star: never more than length times length. */
    static boolean segmentMatches(String segment, String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < name.length()) {
            char wanted = at < segment.length() ? segment.charAt(at) : '\0';
            if (wanted == '*') {
                star = at++;
                resume = in;
            } else if (wanted == '?' || (wanted != '\0' && wanted == name.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < segment.length() && segment.charAt(at) == '*') {
            at++;
        }
        return at == segment.length();
    }

    static boolean isAnyDepth(String segment) {
        return segment.equals("**");
    }

    private boolean matches(int segment, List<String> parts, int part) {
        if (segment == segments.size()) {
            return part == parts.size();
        }
        if (isAnyDepth(segments.get(segment))) {
            for (int next = part; next <= parts.size(); next++) {
                if (matches(segment + 1, parts, next)) {
                    return true;
                }
            }
            return false;
        }
        return part < parts.size()
                && segmentMatches(segments.get(segment), parts.get(part))
                && matches(segment + 1, parts, part + 1);
    }
}
