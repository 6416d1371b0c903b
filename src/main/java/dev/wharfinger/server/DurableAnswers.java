package dev.wharfinger.server;

import dev.wharfinger.mcp.Answer;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Holds answers back until what they report is durable. When the journal stops before that, the
 * caller is told so instead of being left waiting: whether it happened is for the journal to say.
 */
public final class DurableAnswers {
    /** One answer that waits; itself and no other, so that no set looks into what it says. */
    private static final class Held {
        private final Answer answer;
        private final Consumer<Answer> send;

        Held(Answer answer, Consumer<Answer> send) {
            this.answer = answer;
            this.send = send;
        }
    }

    private final Durability durability;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();

    /** Follows this journal. */
    public DurableAnswers(Durability durability) {
        this.durability = durability;
        durability.onStopped(this::giveUp);
    }

    /** Sends the answer when it may be sent, exactly once; {@code send} must not block. */
    public void deliver(Answer answer, Consumer<Answer> send) {
        if (answer.durableUpTo() < 0) {
            send.accept(answer);
            return;
        }
        Held waiting = new Held(answer, new Once(send));
        held.add(waiting);
        durability.whenDurable(
                answer.durableUpTo(),
                () -> {
                    held.remove(waiting);
                    waiting.send.accept(answer);
                });
    }

    private void giveUp() {
        for (Held waiting : List.copyOf(held)) {
            held.remove(waiting);
            waiting.send.accept(waiting.answer.withoutJournal());
        }
    }

    /** Lets the first of two racing answers through; compared by identity. */
    private static final class Once implements Consumer<Answer> {
        private final Consumer<Answer> send;
        private boolean sent;

        Once(Consumer<Answer> send) {
            this.send = send;
        }

        @Override
        public void accept(Answer answer) {
            synchronized (this) {
                if (sent) {
                    return;
                }
                sent = true;
            }
            send.accept(answer);
        }
    }
}
