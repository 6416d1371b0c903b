package dev.wharfinger.console;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Under which address a browser sees this site: what its passkeys are bound to.
 *
 * @param origin scheme, host and port, as browsers write it
 * @param site the host's name: the relying party's id of WebAuthn
 */
record Address(String origin, String site) {
    /** The address of the people's URL where that was asked for, else the plain one asked for. */
    static Address of(Ask ask, Optional<URI> outside) {
        String host = ask.header("host").orElse("localhost").toLowerCase(Locale.ROOT);
        return outside.filter(url -> host.equals(authority(url)))
                .map(url -> new Address(url.getScheme() + "://" + authority(url), url.getHost()))
                .orElseGet(() -> new Address("http://" + host, name(host)));
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

    /** Browsers make passkeys for names, never for numbers. */
    boolean hasPasskeys() {
        return isSecure() || site.equals("localhost");
    }
}
