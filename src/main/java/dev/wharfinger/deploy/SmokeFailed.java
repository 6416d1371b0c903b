package dev.wharfinger.deploy;

import java.util.List;

/** At least one smoke test failed; it carries what each saw. */
public final class SmokeFailed extends StepFailed {
    private static final long serialVersionUID = 1L;

    private final transient List<SmokeResult> results;

    public SmokeFailed(String reason, List<SmokeResult> results) {
        super(Cause.BUILD, reason);
        this.results = List.copyOf(results);
    }

    /** Every smoke test, in order. */
    public List<SmokeResult> results() {
        return results;
    }
}
