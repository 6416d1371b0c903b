package dev.wharfinger.workspace;

import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A commit to be made: exactly these files, each with the content that it must hold in the work
 * tree, on top of {@code onto} (nothing for the first commit of a repository). Trailers follow the
 * message in their order.
 */
public record CommitRequest(
        Optional<CommitId> onto,
        SequencedMap<WorkspacePath, ContentHash> files,
        String message,
        SequencedMap<String, String> trailers,
        Person author,
        Person committer,
        ZonedDateTime at) {
    public CommitRequest {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a commit names its files");
        }
        if (message.isBlank() || message.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a commit has a message, without NUL");
        }
        files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
        trailers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(trailers));
        trailers.forEach(CommitRequest::checkTrailer);
    }

    private static void checkTrailer(String name, String value) {
        boolean key =
                !name.isEmpty()
                        && name.chars()
                                .allMatch(c ->
                                        c == '-'
                                                || c >= '0' && c <= '9'
                                                || c >= 'A' && c <= 'Z'
                                                || c >= 'a' && c <= 'z');
        if (!key || value.isBlank() || value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("not a trailer: " + name + ": " + value);
        }
    }
}
