package dev.wharfinger.console;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Under which address a browser sees this site: what its passkeys are bound to. Any page of this
 * machine is of the site {@code localhost}, an agent's too; the port tells them apart, so a touch
 * counts only at the addresses that are the server's own.
 *
 * @param origin scheme, host and port, as browsers write it
 * @param site the host's name: the relying party's id of WebAuthn
 * @param own the origins at which this server's passkeys are touched, the best first
 */
record Address(String origin, String site, List<String> own) {
    Address {
        own = List.copyOf(own);
    }

    /** The address of the people's URL where that was asked for, else the plain one asked for. */
    static Address of(Ask ask, Optional<URI> outside) {
        String host = ask.header("host").orElse("localhost").toLowerCase(Locale.ROOT);
        String here = "http://localhost" + (ask.port() == 80 ? "" : ":" + ask.port());
        List<String> own =
                outside.filter(Address::isForPasskeys)
                        .map(url -> List.of(origin(url), here))
                        .orElse(List.of(here));
        return outside.filter(url -> host.equals(authority(url)))
                .map(url -> new Address(origin(url), url.getHost().toLowerCase(Locale.ROOT), own))
                .orElseGet(() -> new Address("http://" + host, name(host), own));
    }

    /** Browsers make passkeys for names that are secure, or this machine's own. */
    private static boolean isForPasskeys(URI url) {
        return "https".equals(url.getScheme()) || "localhost".equals(url.getHost());
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + authority(url);
    }

    private static String authority(URI url) {
        return url.getAuthority().toLowerCase(Locale.ROOT);
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || colon < host.lastIndexOf(']') ? host : host.substring(0, colon);
    }

    boolean isSecure() {
        return origin.startsWith("https://");
    }

    /** Whether passkeys are made and touched here. */
    boolean hasPasskeys() {
        return own.contains(origin);
    }
}
