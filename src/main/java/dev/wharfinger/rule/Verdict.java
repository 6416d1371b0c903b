package dev.wharfinger.rule;

import java.util.List;
import java.util.function.Function;

/**
 * The answer to <em>may I?</em>: a grant, or at least one refusal. Nothing else, and never null.
 */
public sealed interface Verdict<G> {
    /** Yes, and this is what it is worth. */
    record Granted<G>(G grant) implements Verdict<G> {
        @Override
        public <R> R fold(Function<G, R> yes, Function<List<Refusal>, R> no) {
            return yes.apply(grant);
        }
    }

    /** No, for these reasons. */
    record Refused<G>(List<Refusal> refusals) implements Verdict<G> {
        public Refused {
            refusals = List.copyOf(refusals);
            if (refusals.isEmpty()) {
                throw new IllegalArgumentException("a refused verdict has a reason");
            }
        }

        @Override
        public <R> R fold(Function<G, R> yes, Function<List<Refusal>, R> no) {
            return no.apply(refusals);
        }
    }

    /** Yes. */
    static <G> Verdict<G> granted(G grant) {
        return new Granted<>(grant);
    }

    /** No, for one reason. */
    static <G> Verdict<G> refused(Refusal refusal) {
        return new Refused<>(List.of(refusal));
    }

    /** No, for several reasons. */
    static <G> Verdict<G> refused(List<Refusal> refusals) {
        return new Refused<>(refusals);
    }

    /** One of the two, as the answer is. */
    <R> R fold(Function<G, R> yes, Function<List<Refusal>, R> no);

    /** The next step, taken only on a yes. */
    default <H> Verdict<H> then(Function<G, Verdict<H>> step) {
        return fold(step, Refused::new);
    }

    /** The same verdict over what is made of the grant. */
    default <H> Verdict<H> map(Function<G, H> make) {
        return then(grant -> new Granted<>(make.apply(grant)));
    }
}
