package dev.wharfinger.server;

import java.net.Inet6Address;
import java.net.InetAddress;

/** What a {@code Host} may say: RFC 9110, without what no client of ours writes. */
final class HostField {
    private HostField() {}

    /** A name or an address, in brackets where it is one of IPv6, and perhaps a port. */
    static boolean isSound(String value) {
        int end = value.startsWith("[") ? value.indexOf(']') + 1 : value.indexOf(':');
        String name = end < 1 ? value : value.substring(0, end);
        String port = value.substring(name.length());
        return !name.isEmpty()
                && (name.startsWith("[") ? isAddress(name) : Framing.isAll(name, ".-_"))
                && (port.isEmpty() || isPort(port));
    }

    private static boolean isAddress(String bracketed) {
        String digits = bracketed.substring(1, bracketed.length() - 1);
        return bracketed.endsWith("]")
                && digits.chars().allMatch(c -> c == ':' || Character.digit(c, 16) >= 0 && c < 0x7F)
                && isLiteral(digits);
    }

    private static boolean isLiteral(String text) {
        try {
            return InetAddress.ofLiteral(text) instanceof Inet6Address;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPort(String text) {
        String digits = text.substring(1);
        return text.charAt(0) == ':'
                && digits.length() <= 5
                && Framing.isDigits(digits, 10)
                && Integer.parseInt(digits) > 0
                && Integer.parseInt(digits) <= 65_535;
    }
}
