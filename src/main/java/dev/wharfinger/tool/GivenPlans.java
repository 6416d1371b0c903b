package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.workspace.ContentHash;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers of {@code read_plan} that may be given again: to the same question, about the same bytes,
 * with the same journal, and for a moment only. The bytes are read and hashed at each call; what
 * else an answer shows and no entry tells of (a commit made by hand, another ledger file) is at
 * most that moment old. Nothing is decided by these answers: each call is judged by what stands
 * then.
 */
final class GivenPlans {
    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final int MOST = 256;

    /** What an answer depends on, but for the journal and the time. */
    record Asked(
            Principal principal,
            PersonaName persona,
            Optional<ShiftId> shift,
            Optional<String> cursor,
            ContentHash plan) {
        /** Written out: the JDK links the generated one for 20 ms of the first answer. */
        @Override
        public int hashCode() {
            return plan.hex().hashCode() ^ persona.value().hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Asked it
                    && plan.hex().equals(it.plan.hex())
                    && principal.value().equals(it.principal.value())
                    && persona.value().equals(it.persona.value())
                    && shift.map(ShiftId::value).equals(it.shift.map(ShiftId::value))
                    && cursor.equals(it.cursor);
        }
    }

    private record Given(long entries, Instant at, Outcome outcome) {}

    private final Project project;
    private final Map<Asked, Given> given = new ConcurrentHashMap<>();

    GivenPlans(Project project) {
        this.project = project;
    }

    /** The answer that was given a moment ago, or a new one. */
    Outcome again(Asked asked, Supplier<Outcome> answer) {
        long entries = project.state().size();
        Instant now = project.clock().instant();
        Given last = given.get(asked);
        if (last != null && last.entries() == entries && isFresh(last.at(), now)) {
            return last.outcome();
        }
        Outcome outcome = answer.get();
        if (given.size() >= MOST) {
            given.clear();
        }
        given.put(asked, new Given(entries, now, outcome));
        return outcome;
    }

    private static boolean isFresh(Instant then, Instant now) {
        return !now.isBefore(then) && now.isBefore(then.plus(MOMENT));
    }
}
