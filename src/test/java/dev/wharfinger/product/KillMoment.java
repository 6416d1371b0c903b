package dev.wharfinger.product;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * When a server is killed, drawn from a seed: at a share of the whole story's time, during one call
 * of a tool, in the middle of a call's bytes, or the moment after its last byte.
 *
 * @param occurrence which call of that tool, from 1
 * @param share how far into the story, or into the time that such a call takes
 * @param attached whether somebody else's process keeps the journal, and dies
 * @param again whether the process that recovers is killed too
 */
record KillMoment(
        Kind kind, String tool, int occurrence, double share, boolean attached, boolean again) {
    enum Kind {
        AT_ANY_TIME,
        DURING_A_CALL,
        INSIDE_ITS_BYTES,
        AFTER_ITS_BYTES
    }

    /** Nobody is killed: a story to measure by. */
    static final KillMoment NEVER = new KillMoment(Kind.AT_ANY_TIME, "", 0, -1, false, false);

    private static final List<String> AIMS =
            List.of(
                    "deploy",
                    "deploy",
                    "deploy",
                    "deploy",
                    "deploy",
                    "plan_deploy",
                    "plan_deploy",
                    "plan_deploy",
                    "write_handoff",
                    "write_handoff",
                    "record_note",
                    "record_note",
                    "record_proof",
                    "begin_shift",
                    "commit_work",
                    "write_file");

    static KillMoment of(Random random) {
        double draw = random.nextDouble();
        Kind kind =
                draw < 0.3
                        ? Kind.AT_ANY_TIME
                        : draw < 0.85
                                ? Kind.DURING_A_CALL
                                : draw < 0.92 ? Kind.INSIDE_ITS_BYTES : Kind.AFTER_ITS_BYTES;
        String tool = AIMS.get(random.nextInt(AIMS.size()));
        int most =
                switch (tool) {
                    case "record_note" -> 4;
                    case "write_handoff", "begin_shift" -> 3;
                    case "record_proof" -> 2;
                    default -> 1;
                };
        return new KillMoment(
                kind,
                tool,
                1 + random.nextInt(most),
                random.nextDouble(),
                random.nextInt(10) < 3,
                random.nextInt(10) == 0);
    }

    @Override
    public String toString() {
        String when =
                kind == Kind.AT_ANY_TIME
                        ? String.format(Locale.ROOT, "at %.0f%% of the story", share * 100)
                        : String.format(
                                Locale.ROOT,
                                "%s %s #%d (%.0f%%)",
                                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                tool,
                                occurrence,
                                share * 100);
        return when + (attached ? ", attached" : "") + (again ? ", twice" : "");
    }
}
