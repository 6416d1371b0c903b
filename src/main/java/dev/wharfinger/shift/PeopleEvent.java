package dev.wharfinger.shift;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people were asked, what they decided, what was taken back, and what nobody explains. */
public sealed interface PeopleEvent extends Event {
    /**
     * People were asked for a decision that is no plan's: a plan asks by itself.
     *
     * @param kind {@code lane}, {@code content}, {@code waiver}, {@code policy} or {@code scope}
     * @param digest of what exactly is asked for: a yes holds for these bytes and no others
     * @param lines what a person must see before deciding
     */
    record DecisionAsked(
            String id,
            String kind,
            Optional<String> environment,
            String digest,
            String title,
            List<String> lines,
            Instant expires)
            implements PeopleEvent {
        public DecisionAsked {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A person decided: the text as it was signed, and the signature, for strangers to verify.
     *
     * @param touched whether the signature proves that a human touched something
     */
    record DecisionMade(
            String id,
            String kind,
            boolean approved,
            String approver,
            boolean touched,
            String nonce,
            Instant expires,
            String text,
            String signature,
            Optional<String> reason)
            implements PeopleEvent {}

    /** What was decided is about to be acted on: these approvals are used up, before the effect. */
    record DecisionSpent(String id, List<String> nonces) implements PeopleEvent {
        public DecisionSpent {
            nonces = List.copyOf(nonces);
        }
    }

    /**
     * A return began: what is left, and what runs again; nothing, where nothing ran before.
     *
     * @param undone the deployment that is taken back
     */
    record ReturnStarted(
            String id,
            String environment,
            String undone,
            ReleaseRecord from,
            Optional<ReleaseRecord> to,
            long fence,
            String reason)
            implements PeopleEvent {}

    /** A return ended; {@code runs} is what was observed, {@code millis} from the call to it. */
    record ReturnFinished(
            String id,
            String environment,
            String state,
            String detail,
            Optional<ReleaseRecord> runs,
            long millis)
            implements PeopleEvent {}

    /**
     * What runs or lies in a target and no entry explains was seen for the first time, or is gone.
     *
     * @param what in a few words; empty where all is explained again
     */
    record ForeignSeen(String environment, Optional<String> what) implements PeopleEvent {}
}
