package dev.wharfinger.tool;

import dev.wharfinger.approval.Kind;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.shift.ShiftId;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A question to people that is no plan's: a lane, content, a waiver, scope, the rules.
 *
 * @param environment whose approvals count; without one the strictest environment's do
 * @param digest of what exactly is asked for: a yes holds for nothing else
 * @param lines what a person must see before deciding
 */
public record Request(
        Principal by,
        Optional<PersonaName> persona,
        Optional<ShiftId> shift,
        Kind kind,
        Optional<String> environment,
        String digest,
        String title,
        List<String> lines) {
    public Request {
        if (kind == Kind.PLAN) {
            throw new IllegalArgumentException("a plan asks by itself");
        }
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256: " + digest);
        }
        lines = List.copyOf(lines);
    }

    /** The lines as they are kept: an entry is small: what does not fit is counted. */
    List<String> shown() {
        var some = new ArrayList<String>();
        int room = 8_000;
        for (String line : lines) {
            String shown = Shown.brief(line, 300);
            room -= 3 * shown.length() + 8;
            if (room < 0) {
                some.add("and " + (lines.size() - some.size()) + " lines more");
                break;
            }
            some.add(shown);
        }
        return some;
    }
}
