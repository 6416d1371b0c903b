package dev.wharfinger.shift;

/**
 * The handle of one shift, minted by the server with 128 random bits: {@code s_…}. Knowing it is no
 * authority; it is bound to the principal who began the shift.
 */
public record ShiftId(String value) {
    public ShiftId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("not a shift: " + value);
        }
    }

    /** Whether this is such a handle. Asked at every call, so without a pattern. */
    public static boolean isOne(String value) {
        if (value.length() != 28 || !value.startsWith("s_")) {
            return false;
        }
        for (int i = 2; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
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
