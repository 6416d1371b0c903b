package dev.wharfinger.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is connected: so many in all, so many from one address. A network of IPv6 that one customer
 * has (64 bits) is one address. Behind loopback and behind a proxy stand many, so these have no
 * limit of their own.
 */
final class Connections {
    private final int most;
    private final int mostOfOne;
    private final List<Network> proxies;
    private final Map<Object, Integer> open = new HashMap<>();
    private int all;

    Connections(int most, int mostOfOne, List<Network> proxies) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.proxies = List.copyOf(proxies);
    }

    /** Whether one more from there may stay; then it must {@link #leave} once. */
    synchronized boolean enter(InetAddress from) {
        Object who = who(from);
        int ofOne = open.getOrDefault(who, 0);
        if (all >= most || (ofOne >= mostOfOne && !isShared(from))) {
            return false;
        }
        open.put(who, ofOne + 1);
        all++;
        return true;
    }

    synchronized void leave(InetAddress from) {
        open.computeIfPresent(who(from), (who, count) -> count == 1 ? null : count - 1);
        all--;
    }

    synchronized int all() {
        return all;
    }

    private boolean isShared(InetAddress from) {
        return from.isLoopbackAddress()
                || proxies.stream().anyMatch(network -> network.holds(from));
    }

    private static Object who(InetAddress from) {
        return from instanceof Inet6Address ? ByteBuffer.wrap(from.getAddress()).getLong() : from;
    }
}
