package dev.wharfinger.server;

import dev.wharfinger.mcp.Answer;
import dev.wharfinger.mcp.Conversation;
import dev.wharfinger.mcp.Incoming;
import dev.wharfinger.mcp.JsonBytes;
import dev.wharfinger.mcp.Protocol;
import dev.wharfinger.mcp.Receipt;
import dev.wharfinger.mcp.RpcError;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * MCP over a pair of byte streams, one JSON message a line: stdio, or one connection of the
 * keeper's socket. Both eras, told apart message by message. One thread reads and runs what does
 * not wait, one writes, and each call that waits has a virtual thread of its own.
 *
 * <p>Lines that are no message are answered; a line beyond 8 MiB is answered and skipped; blank
 * lines are nothing. A client that takes no answer for {@code patience}, though more wait than are
 * kept, is gone. At the end of the input no more calls are taken; those that run have {@code grace}
 * to be answered, then they are cancelled.
 */
public final class PipeServer {
    /** What a client that closed its end may still wait for. */
    public static final Duration GRACE = Duration.ofSeconds(2);

    /** How long a client may take nothing while more than a thousand answers wait for it. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Protocol protocol;
    private final DurableAnswers answers;
    private final int lineLimit;
    private final Duration grace;
    private final Duration patience;

    /** Serves this protocol with the product's limits. */
    public PipeServer(Protocol protocol, DurableAnswers answers) {
        this(protocol, answers, 8 << 20, GRACE, PATIENCE);
    }

    /** Serves this protocol; the limit is in bytes of a line. */
    public PipeServer(
            Protocol protocol,
            DurableAnswers answers,
            int lineLimit,
            Duration grace,
            Duration patience) {
        this.protocol = protocol;
        this.answers = answers;
        this.lineLimit = lineLimit;
        this.grace = grace;
        this.patience = patience;
    }

    /**
     * Serves one client until its input ends or it is gone, then returns. Does not close the
     * streams.
     *
     * @param caller whose credential it is; handed to the features with every request
     */
    public void serve(InputStream in, OutputStream out, Object caller) throws IOException {
        LineWriter writer = new LineWriter(out);
        Thread.ofPlatform().daemon().name("wharf-writer").start(writer);
        Pipe pipe = new Pipe(writer, new Conversation(caller, writer), new AtomicInteger());
        try {
            read(new LineReader(in, lineLimit), pipe);
            pipe.awaitAnswers(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pipe.conversation().close();
            writer.end();
        }
        try {
            writer.awaitWritten(grace.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(LineReader lines, Pipe pipe) throws IOException, InterruptedException {
        while (!pipe.writer().isBroken()) {
            pipe.writer().awaitRoom(patience.toMillis());
            if (pipe.writer().isBroken()) {
                return;
            }
            LineReader.Line line = lines.next();
            if (line instanceof LineReader.Line.End) {
                return;
            }
            if (line instanceof LineReader.Line.Bytes(var bytes)) {
                if (!isBlank(bytes)) {
                    take(bytes, pipe);
                }
            } else {
                String reason = "a line is longer than " + lineLimit + " bytes";
                pipe.send(Answer.anonymous(RpcError.parseError(reason)));
            }
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private void take(byte[] bytes, Pipe pipe) {
        Receipt receipt =
                protocol.receive(
                        Incoming.read(bytes), pipe.conversation(), Optional.empty(), pipe.writer());
        if (receipt instanceof Receipt.Answered(var answer)) {
            pipe.send(answer);
        } else if (receipt instanceof Receipt.Work work) {
            pipe.open().incrementAndGet();
            if (work.waits()) {
                Thread.ofVirtual().name("wharf-call").start(() -> run(work, pipe));
            } else {
                run(work, pipe);
            }
        }
    }

    private void run(Receipt.Work work, Pipe pipe) {
        Optional<Answer> answer = work.run().get();
        if (answer.isEmpty()) {
            pipe.closed();
            return;
        }
        byte[] line = JsonBytes.of(answer.get().body()); // here, not on the flushing thread
        answers.deliver(
                answer.get(),
                ready -> {
                    pipe.writer().write(ready == answer.get() ? line : JsonBytes.of(ready.body()));
                    pipe.closed();
                });
    }

    /** One client; {@code open} counts requests whose answer has not been handed to the writer. */
    private record Pipe(LineWriter writer, Conversation conversation, AtomicInteger open) {
        void send(Answer answer) {
            writer.write(JsonBytes.of(answer.body()));
        }

        void closed() {
            synchronized (open) {
                open.decrementAndGet();
                open.notifyAll();
            }
        }

        void awaitAnswers(Duration limit) throws InterruptedException {
            long until = System.nanoTime() + limit.toNanos();
            synchronized (open) {
                while (open.get() > 0) {
                    long left = (until - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        return;
                    }
                    open.wait(left);
                }
            }
        }
    }
}
