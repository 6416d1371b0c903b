package dev.wharfinger.cli;

import dev.wharfinger.journal.JournalRefused;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A keeper with its door to the street: the socket on which other processes of the project come in.
 */
final class KeeperHouse implements AutoCloseable {
    /** So long the first answers have the machine for themselves: opening takes some 20 ms. */
    private static final Duration GRACE = Duration.ofMillis(300);

    private final Keeper keeper;
    private final CountDownLatch hurry = new CountDownLatch(1);
    private final FutureTask<Optional<Door>> socket = new FutureTask<>(this::listen);
    private volatile boolean leaving;

    private KeeperHouse(Keeper keeper) {
        this.keeper = keeper;
    }

    /** Becomes the keeper of a log that is what was signed, and listens. */
    static KeeperHouse open(ProjectFolder folder) throws IOException, JournalRefused {
        KeeperHouse house = openAhead(folder);
        try {
            house.keeper().awaitVerified();
            house.awaitOpen();
            return house;
        } catch (IOException | JournalRefused | RuntimeException e) {
            house.close();
            throw e;
        }
    }

    /**
     * The same while the log is still being verified and the door is still being opened: {@link
     * Keeper#awaitVerified} and {@link #awaitOpen} tell the end. Who comes too early tries again.
     */
    static KeeperHouse openAhead(ProjectFolder folder) throws IOException, JournalRefused {
        Keeper keeper = Keeper.open(folder);
        var house = new KeeperHouse(keeper);
        Thread.ofPlatform().daemon().name("wharf-door").start(house.socket);
        return house;
    }

    private Optional<Door> listen() throws IOException, InterruptedException {
        boolean asked = hurry.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        keeper.rules().loaded();
        if (asked && leaving) {
            return Optional.empty();
        }
        return Optional.of(Door.open(keeper.folder().state().socket(), "rw-------", keeper));
    }

    /** Waits until others can come in, and hurries that on. */
    void awaitOpen() throws IOException {
        hurry.countDown();
        joinOpen();
    }

    /** The same without any hurry. */
    void joinOpen() throws IOException {
        opened();
    }

    private Optional<Door> opened() throws IOException {
        try {
            return socket.get();
        } catch (ExecutionException e) {
            throw new IOException("the keeper's socket cannot be opened", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the keeper's socket was opened", e);
        }
    }

    Keeper keeper() {
        return keeper;
    }

    /** Nobody waits for an answer any more: what was put off is done now, and no door is opened. */
    void leave() {
        leaving = true;
        hurry.countDown();
        keeper.hurry();
    }

    @Override
    public void close() throws IOException {
        leave();
        try (keeper) {
            Optional<Door> open = opened();
            if (open.isPresent()) {
                open.get().close();
            }
        }
    }
}
