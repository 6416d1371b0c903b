package dev.wharfinger.shift;

/**
 * The handle of one deployment plan, minted by the server: {@code p_…}. It expires with its plan.
 */
public record PlanId(String value) {
    public PlanId {
        if (!value.matches("p_[a-z0-9]{26}")) {
            throw new IllegalArgumentException("not a plan: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
