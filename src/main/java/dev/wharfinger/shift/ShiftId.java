package dev.wharfinger.shift;

/**
 * The handle of one shift, minted by the server with 128 random bits: {@code s_…}. Knowing it is no
 * authority; it is bound to the principal who began the shift.
 */
public record ShiftId(String value) {
    public ShiftId {
        if (!value.matches("s_[a-z0-9]{26}")) {
            throw new IllegalArgumentException("not a shift: " + value);
        }
    }

    /** Written out, since the JDK links the generated ones at their first use, for milliseconds. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ShiftId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
