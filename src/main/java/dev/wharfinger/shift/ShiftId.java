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

    @Override
    public String toString() {
        return value;
    }
}
