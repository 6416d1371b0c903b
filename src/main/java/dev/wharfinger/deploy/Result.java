package dev.wharfinger.deploy;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How a deployment ended. */
public sealed interface Result {
    /** The release runs, was observed, and passed its smoke tests. */
    record Live(Observed observed, List<SmokeResult> smoke, URI url, List<PhaseTime> times)
            implements Result {
        public Live {
            smoke = List.copyOf(smoke);
            times = List.copyOf(times);
        }
    }

    /**
     * What ran before runs again and is healthy; on a first deployment nothing runs any more.
     *
     * @param step the phase that failed; {@code rollback} where a return was asked for
     * @param restored empty: the target is empty again
     * @param smoke what the smoke tests saw, as far as they ran
     */
    record RolledBack(
            Cause whose,
            String reason,
            String step,
            Optional<Release> restored,
            List<SmokeResult> smoke,
            List<PhaseTime> times)
            implements Result {
        public RolledBack {
            smoke = List.copyOf(smoke);
            times = List.copyOf(times);
        }
    }

    /** Nothing was switched: what ran before has not been touched. */
    record Failed(Cause whose, String step, String reason, List<PhaseTime> times)
            implements Result {
        public Failed {
            times = List.copyOf(times);
        }
    }

    /**
     * The return failed too: a human must look. With {@link Cause#OVERTAKEN} a later deployment has
     * taken the target, and this one does nothing more.
     */
    record Unresolved(Cause whose, String reason, String step, List<PhaseTime> times)
            implements Result {
        public Unresolved {
            times = List.copyOf(times);
        }
    }

    /** How long each phase took, in order. */
    List<PhaseTime> times();
}
