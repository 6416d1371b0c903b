package dev.wharfinger.cli;

import dev.wharfinger.journal.JournalRefused;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * A keeper with its door to the street: the socket on which other processes of the project come in.
 */
final class KeeperHouse implements AutoCloseable {
    /** So long the first answers have the machine for themselves: opening takes some 20 ms. */
    private static final Duration GRACE = Duration.ofMillis(300);

    private final Keeper keeper;
    private final CountDownLatch hurry = new CountDownLatch(1);
    private final FutureTask<Optional<Door>> socket = new FutureTask<>(this::listen);
    private final boolean needsDoor;
    private volatile boolean leaving;

    private KeeperHouse(Keeper keeper, boolean needsDoor) {
        this.keeper = keeper;
        this.needsDoor = needsDoor;
    }

    /** Becomes the keeper of a log that is what was signed, and listens. */
    static KeeperHouse open(ProjectFolder folder) throws IOException, JournalRefused {
        return verified(open(folder, true));
    }

    /**
     * The same for one command of this process: others come in meanwhile if the door can be opened,
     * and on a full disk the command is done all the same.
     */
    static KeeperHouse openForOne(ProjectFolder folder) throws IOException, JournalRefused {
        return verified(open(folder, false));
    }

    private static KeeperHouse verified(KeeperHouse house) throws IOException, JournalRefused {
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
        return open(folder, true);
    }

    private static KeeperHouse open(ProjectFolder folder, boolean needsDoor)
            throws IOException, JournalRefused {
        Keeper keeper = Keeper.open(folder);
        var house = new KeeperHouse(keeper, needsDoor);
        Thread.ofPlatform().daemon().name("wharf-door").start(house.socket);
        return house;
    }

    private Optional<Door> listen() throws IOException, InterruptedException {
        boolean asked = hurry.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        keeper.rules().loaded();
        if (asked && leaving) {
            return Optional.empty();
        }
        try {
            return Optional.of(Door.open(keeper.folder().state().socket(), "rw-------", keeper));
        } catch (IOException full) {
            if (needsDoor) {
                throw full;
            }
            Logger.getLogger(KeeperHouse.class.getName())
                    .warning("nobody else can come in meanwhile: " + full.getMessage());
            return Optional.empty();
        }
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
