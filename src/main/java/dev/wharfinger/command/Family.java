package dev.wharfinger.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The processes of one command: its leader, its session, what descends from them, what was once
 * seen to descend from them, and whatever carries the command's mark in its environment.
 */
final class Family {
    private static final long KILL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final long leader;
    private final String mark;
    private final ProcessTable processes;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Number to start time of those that were seen once and may have a new parent by now. */
    private final Map<Long, Long> seen = new LinkedHashMap<>();

    /**
     * @param leader a child that is nobody else's to reap
     * @param mark a line {@code NAME=value} of its environment that no other process has
     */
    Family(long leader, String mark, ProcessTable processes) {
        this.leader = leader;
        this.mark = mark;
        this.processes = processes;
        Thread.ofPlatform()
                .daemon()
                .name("command-" + leader)
                .start(() -> {
                    Posix.awaitEnd(leader);
                    ended.countDown();
                });
    }

    long leader() {
        return leader;
    }

    /** Whether the leader has ended, waiting for it so long. An interrupt ends the wait. */
    boolean awaitLeader(long millis) {
        try {
            return ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ended.getCount() == 0;
        }
    }

    /** Takes note of who belongs to it now. */
    void census() {
        census(processes.all(), false);
    }

    /**
     * Kills what is left of it and takes the leader's end. The leader is reaped last: until then
     * its number, which is its group's too, cannot become a stranger's.
     *
     * @return the leader's exit, or 128 plus the signal that ended it
     */
    int end() {
        long until = System.nanoTime() + KILL_NANOS;
        do {
            Posix.kill(-leader, Posix.SIGKILL);
            List<ProcessTable.Entry> left =
                    census(processes.all(), true).stream()
                            .filter(ProcessTable.Entry::isAlive)
                            .toList();
            if (left.isEmpty()) {
                break;
            }
            left.forEach(entry -> Posix.kill(entry.pid(), Posix.SIGKILL));
            awaitLeader(2);
        } while (System.nanoTime() - until < 0);
        return Posix.reap(leader);
    }

    private List<ProcessTable.Entry> census(List<ProcessTable.Entry> all, boolean marked) {
        long self = ProcessHandle.current().pid();
        var found =
                processes.tree(
                        all,
                        entry ->
                                entry.pid() == leader
                                        || entry.session() == leader
                                        || entry.group() == leader
                                        || isSeen(entry)
                                        || marked && processes.environmentHas(entry.pid(), mark));
        found.forEach(entry -> seen.put(entry.pid(), entry.startTicks()));
        return found.stream().filter(entry -> entry.pid() != self).toList();
    }

    private boolean isSeen(ProcessTable.Entry entry) {
        Long ticks = seen.get(entry.pid());
        return ticks != null && ticks == entry.startTicks();
    }
}
