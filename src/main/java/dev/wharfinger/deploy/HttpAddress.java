package dev.wharfinger.deploy;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/** What a URL must be before we ask it: http or https, with a host, without a user. */
final class HttpAddress {
    private HttpAddress() {}

    static void check(String what, URI url) {
        var scheme = lower(url.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(what + " is not an http or https URL: " + url);
        }
        if (url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    what + " names a host and carries no user or password: " + url);
        }
    }

    static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return lower(url.getScheme()).equals("https") ? 443 : 80;
    }

    /** Whether the host is this machine, so that its sockets can be looked at. */
    static boolean isLocal(URI url) {
        try {
            var host = InetAddress.getByName(url.getHost());
            return host.isLoopbackAddress()
                    || host.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(host) != null;
        } catch (UnknownHostException | SocketException elsewhere) {
            return false;
        }
    }

    /** The server's own first page, for people to open. */
    static URI root(URI url) {
        return url.resolve("/");
    }

    private static String lower(@Nullable String scheme) {
        return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    }
}
