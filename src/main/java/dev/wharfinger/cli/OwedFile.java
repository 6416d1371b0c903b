package dev.wharfinger.cli;

import dev.wharfinger.call.Recorder;
import dev.wharfinger.shift.EntryText;
import dev.wharfinger.shift.Stamped;
import dev.wharfinger.tool.Owed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code <state>/owed}: lines of the journal that it could not take when they happened. */
record OwedFile(Path path) implements Owed {
    @Override
    public void note(String line) {
        try (var file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        } catch (IOException full) { // the same full disk: the log of the process has it at least
            Logger.getLogger(OwedFile.class.getName())
                    .log(Level.SEVERE, "owed to the journal: " + line, full);
        }
    }

    /** What is owed; a last line that was cut short is left out. */
    private List<String> lines() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        String text = Files.readString(path, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** Journals what could not be journaled when it happened. */
    void pay(Recorder recorder) throws IOException {
        List<String> lines = lines();
        for (String line : lines) {
            Stamped entry = new EntryText().read(0, line);
            recorder.record(entry.principal(), entry.persona(), entry.shift(), entry.event());
        }
        if (!lines.isEmpty()) {
            recorder.durable(recorder.state().size() - 1);
            Files.deleteIfExists(path);
        }
    }
}
