package dev.wharfinger.server;

/**
 * What a transport must know of the journal: when an entry is safe, and that none will be again.
 */
public interface Durability {
    /**
     * Runs this once the journal is durable up to and including this index: at once when it is,
     * else on the flushing thread, which must not be held up. Never runs after the journal stopped.
     */
    void whenDurable(long index, Runnable then);

    /** Runs this once when the journal stops, at once when it has. */
    void onStopped(Runnable then);

    /** For servers without a journal: everything is safe. */
    static Durability none() {
        return new Durability() {
            @Override
            public void whenDurable(long index, Runnable then) {
                then.run();
            }

            @Override
            public void onStopped(Runnable then) {}
        };
    }
}
