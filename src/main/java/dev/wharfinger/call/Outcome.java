package dev.wharfinger.call;

import dev.wharfinger.rule.Refusal;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** What came of a call. Malformed calls never get here, and a broken journal throws. */
public sealed interface Outcome {
    /** It was done. {@code text} says the same as {@code structured}, for readers. */
    record Done(String text, ObjectNode structured, Kept kept) implements Outcome {
        /** For this call only. */
        public Done(String text, ObjectNode structured) {
            this(text, structured, Kept.nothing());
        }
    }

    /** The answer is no, for these reasons. */
    record Refused(List<Refusal> refusals) implements Outcome {
        public Refused {
            refusals = List.copyOf(refusals);
        }

        /** For one reason. */
        public Refused(Refusal refusal) {
            this(List.of(refusal));
        }
    }

    /** The rules allowed it and the world said no, in this step. */
    record Failed(String step, String reason, String remedy, ObjectNode structured)
            implements Outcome {}

    /** A bug of ours, caught once; the details stand in the server's log under this id. */
    record Incident(String id) implements Outcome {}
}
