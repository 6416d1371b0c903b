package dev.wharfinger.server;

import dev.wharfinger.mcp.Headers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Which {@code Host} and {@code Origin} a request may carry, so that a web page that has its name
 * point here (DNS rebinding) reaches nothing. Looked at first, on all paths.
 */
public final class HostRule {
    private final SequencedSet<String> hosts;
    private volatile String served = "";

    private HostRule(SequencedSet<String> hosts) {
        this.hosts = hosts;
    }

    /** The names by which this machine calls itself. */
    public static HostRule loopback() {
        SequencedSet<String> names = new java.util.LinkedHashSet<>();
        names.addAll(List.of("localhost", "127.0.0.1", "[::1]"));
        return new HostRule(names);
    }

    /** The same, and this name too. */
    public HostRule and(String name) {
        SequencedSet<String> names = new java.util.LinkedHashSet<>(hosts);
        names.add(name.toLowerCase(Locale.ROOT));
        return new HostRule(names);
    }

    /** Why the request is refused, or nothing. */
    public Optional<String> refuses(Headers headers) {
        List<String> host = headers.all("Host");
        if (host.size() != 1 || !isServed(host.getFirst())) {
            return Optional.of("this Host is not served here");
        }
        List<String> origin = headers.all("Origin");
        if (origin.isEmpty()) {
            return Optional.empty();
        }
        return origin.size() == 1 && isSame(origin.getFirst(), host.getFirst())
                ? Optional.empty()
                : Optional.of("this Origin may not call");
    }

    /** A page may call only the server that it came from. */
    private boolean isSame(String origin, String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String authority =
                lower.startsWith("http://")
                        ? lower.substring("http://".length())
                        : lower.startsWith("https://") ? lower.substring("https://".length()) : "";
        return isOurs(authority) && portOf(authority).equals(portOf(host.toLowerCase(Locale.ROOT)));
    }

    /** What was served last is not looked at again: mostly it comes with every request. */
    private boolean isServed(String authority) {
        if (authority.equals(served)) {
            return true;
        }
        if (!isOurs(authority)) {
            return false;
        }
        served = authority;
        return true;
    }

    private boolean isOurs(String authority) {
        String lower = authority.toLowerCase(Locale.ROOT);
        String port = portOf(lower);
        String name = lower.substring(0, lower.length() - port.length());
        return hosts.contains(name) && (port.isEmpty() || isPort(port.substring(1)));
    }

    /** The port with its colon, or nothing; colons inside brackets are part of the address. */
    private static String portOf(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0 || colon < authority.lastIndexOf(']') ? "" : authority.substring(colon);
    }

    private static boolean isPort(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 5;
    }
}
