package dev.wharfinger.cli;

import dev.wharfinger.journal.FileJournal;
import dev.wharfinger.server.Durability;

/** The journal, as far as answers wait for it. */
record JournalDurability(FileJournal journal) implements Durability {
    @Override
    public void whenDurable(long index, Runnable then) {
        journal.whenDurable(index, then);
    }

    @Override
    public void onStopped(Runnable then) {
        journal.onStopped(then);
    }
}
