package dev.wharfinger.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * How the items of a list carry their ids: {@code **R-001**: text}, {@code R1 - text}, or not at
 * all, in which case a new item gets its id in bold. A new item copies what stands around the id of
 * the last item that has one.
 */
record ItemModel(List<String> ids, String before, String after) {
    private static final String AROUND = "*_`~ ";

    ItemModel {
        ids = List.copyOf(ids);
    }

    /**
     * @param raws the first line of each item, behind its mark
     */
    static ItemModel of(List<String> raws) {
        var ids = new ArrayList<String>();
        var before = "**";
        var after = "**: ";
        for (var raw : raws) {
            int start = 0;
            while (start < raw.length() && AROUND.indexOf(raw.charAt(start)) >= 0) {
                start++;
            }
            int end = start;
            while (end < raw.length() && isIdPart(raw.charAt(end))) {
                end++;
            }
            while (end > start && !Character.isLetterOrDigit(raw.charAt(end - 1))) {
                end--;
            }
            var id = raw.substring(start, end);
            if (Ids.isId(id) && id.chars().anyMatch(Character::isLetter)) {
                ids.add(id);
                before = raw.substring(0, start);
                after = after(raw, end, before);
            }
        }
        return before.contains("~")
                ? new ItemModel(ids, "**", "**: ")
                : new ItemModel(ids, before, after);
    }

    /** The new item; the text is safe already. */
    String line(String id, String text) {
        return before + id + after + text;
    }

    private static boolean isIdPart(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "-_.#".indexOf(c) >= 0);
    }

    private static String after(String raw, int from, String before) {
        int end = from;
        while (end < raw.length() && "*_`:.)-–—= ".indexOf(raw.charAt(end)) >= 0) {
            end++;
        }
        var found = raw.substring(from, end);
        boolean closes = found.startsWith(before.strip()) || found.startsWith(":" + before.strip());
        if (!closes) {
            return before.strip() + ": ";
        }
        return found.endsWith(" ") ? found : found + " ";
    }
}
