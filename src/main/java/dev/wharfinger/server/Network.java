package dev.wharfinger.server;

import java.net.InetAddress;
import java.util.Arrays;

/** A network in CIDR notation, {@code 10.0.0.0/8}; an address alone is a network of one. */
record Network(InetAddress address, int bits) {
    /** Reads it without asking anybody for names. */
    static Network of(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        try {
            InetAddress address = InetAddress.ofLiteral(literal);
            int longest = address.getAddress().length * 8;
            int bits = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
            boolean whole = longest > 32 || address.getHostAddress().equals(literal); // not 10.0.0
            if (whole && bits >= 0 && bits <= longest) {
                return new Network(address, bits);
            }
        } catch (IllegalArgumentException e) {
            // told below, with the text
        }
        throw new IllegalArgumentException(
                "`" + text + "` is no network such as 10.0.0.0/8 or fd00::/8");
    }

    boolean holds(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        int whole = bits / 8;
        int rest = 8 - bits % 8;
        return ours.length == theirs.length
                && Arrays.equals(ours, 0, whole, theirs, 0, whole)
                && (rest == 8 || (ours[whole] >> rest) == (theirs[whole] >> rest));
    }
}
