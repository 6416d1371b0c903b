package dev.wharfinger.mcp;

import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Shelf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells listeners what changed on the shelf. It looks twice a second, with the listener's own eyes:
 * so it sees a ledger file that a person edits as well as what a call of another client did, and
 * shows nobody what he may not read.
 */
final class ShelfWatch {
    private static final long EVERY_MILLIS = 500;
    private static final String NOTHING = "";

    /** Each looks at up to 64 things twice a second, so that one caller may not have many. */
    private static final int MOST_OF_A_CALLER = 100;

    private final Shelf shelf;
    private final Map<String, Integer> listening = new ConcurrentHashMap<>();

    ShelfWatch(Shelf shelf) {
        this.shelf = shelf;
    }

    /**
     * Looks until it is closed; nothing where this caller has too many already. Only what he could
     * read now is promised.
     */
    Optional<Listening> start(Caller caller, Interest wanted, Consumer<Change> to) {
        List<String> uris =
                wanted.uris().stream()
                        .filter(uri -> shelf.read(caller, uri).isPresent())
                        .distinct()
                        .toList();
        var honoured = new Interest(false, false, wanted.resources(), uris);
        var looking = new Looking(caller, honoured, to);
        String who = caller.principal().value() + " " + caller.persona().name().value();
        if (listening.merge(who, 1, Integer::sum) > MOST_OF_A_CALLER) {
            left(who);
            return Optional.empty();
        }
        Thread.ofVirtual()
                .name("wharf-watch")
                .start(() -> {
                    try {
                        looking.run();
                    } finally {
                        left(who);
                    }
                });
        return Optional.of(looking);
    }

    private void left(String who) {
        listening.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
    }

    private final class Looking implements Listening, Runnable {
        private final Caller caller;
        private final Interest interest;
        private final Consumer<Change> to;
        private final CountDownLatch closed = new CountDownLatch(1);
        private final Map<String, String> seen = new HashMap<>();
        private List<Shelf.Resource> listed = List.of();

        Looking(Caller caller, Interest interest, Consumer<Change> to) {
            this.caller = caller;
            this.interest = interest;
            this.to = to;
            look(); // before anybody is told that it has begun
        }

        @Override
        public Interest honoured() {
            return interest;
        }

        @Override
        public void close() {
            closed.countDown();
        }

        @Override
        public void run() {
            try {
                while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                    look().forEach(to);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** What is not as it was at the last look. */
        private List<Change> look() {
            var changes = new ArrayList<Change>();
            if (interest.resources()) {
                List<Shelf.Resource> now = shelf.resources(caller);
                if (!now.equals(listed)) {
                    changes.add(new Change.Resources());
                }
                listed = now;
            }
            for (String uri : interest.uris()) {
                String now = content(uri);
                if (!now.equals(seen.put(uri, now))) {
                    changes.add(new Change.Resource(uri));
                }
            }
            return changes;
        }

        /** A file that cannot be read just now has not changed: the next look tells. */
        private String content(String uri) {
            try {
                return shelf.read(caller, uri).map(Shelf.Content::text).orElse(NOTHING);
            } catch (RuntimeException unreadable) {
                return Optional.ofNullable(seen.get(uri)).orElse(NOTHING);
            }
        }
    }
}
