package dev.wharfinger.shift;

import java.util.random.RandomGenerator;

/**
 * Mints handles: 128 random bits in lower-case base 32 behind a prefix that says what they name.
 */
public final class Ids {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private final RandomGenerator random;

    /** Handles drawn from this source; outside tests it must be a secure one. */
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** A new shift. */
    public ShiftId shift() {
        return new ShiftId(mint("s_"));
    }

    /** A new plan. */
    public PlanId plan() {
        return new PlanId(mint("p_"));
    }

    /** A new deployment: {@code d_…}. */
    public String deployment() {
        return mint("d_");
    }

    /** A new return to what ran before: {@code b_…}. */
    public String back() {
        return mint("b_");
    }

    /** A new question to people: {@code r_…}. */
    public String request() {
        return mint("r_");
    }

    /** A number used once, 128 random bits, for a text that a person signs. */
    public String nonce() {
        return mint("n_");
    }

    /** A new incident, under which a bug's details stand in the server's log: {@code i_…}. */
    public String incident() {
        return mint("i_");
    }

    private String mint(String prefix) {
        var text = new StringBuilder(prefix);
        for (int i = 0; i < 26; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
