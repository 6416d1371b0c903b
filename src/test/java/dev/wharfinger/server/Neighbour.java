package dev.wharfinger.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A well-behaved client of a server that others attack: how long its calls take. */
final class Neighbour {
    private final int port;

    Neighbour(int port) {
        this.port = port;
    }

    /** Times of calls, in microseconds, sorted. */
    record Times(List<Long> micros) {
        long median() {
            return micros.get(micros.size() / 2);
        }

        long p99() {
            return micros.get(micros.size() * 99 / 100);
        }

        @Override
        public String toString() {
            return "%,d calls, median %,d us, p99 %,d us, most %,d us"
                    .formatted(micros.size(), median(), p99(), micros.getLast());
        }
    }

    /**
     * Calls for so long, on one connection and every tenth time on a new one; all must be served.
     */
    Times calls(long millis) throws IOException {
        List<Long> micros = new ArrayList<>();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        String call =
                HttpFixture.modernRequest(
                        "tools/call",
                        "echo",
                        "\"name\":\"echo\",\"arguments\":{\"text\":\"hello\"}");
        while (System.nanoTime() < until) {
            try (RawHttp http = new RawHttp(port)) {
                for (int i = 0; i < 10; i++) {
                    long start = System.nanoTime();
                    http.send(call);
                    RawHttp.Response answer = http.receive();
                    if (answer.status() != 200 || !answer.body().contains("hello")) {
                        throw new IOException("not served: " + answer);
                    }
                    micros.add((System.nanoTime() - start) / 1000);
                }
            }
        }
        Collections.sort(micros);
        return new Times(micros);
    }
}
