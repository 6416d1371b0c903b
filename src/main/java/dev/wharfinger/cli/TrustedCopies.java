package dev.wharfinger.cli;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.shift.Event;
import dev.wharfinger.tool.RuleFiles;
import dev.wharfinger.tool.Trust;
import dev.wharfinger.workspace.ContentHash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The accepted copies of the rules in the state folder, believed only by their digest. */
record TrustedCopies(ProjectFolder folder, Optional<Event.PolicyAccepted> accepted)
        implements Trust.Copies {
    @Override
    public Optional<byte[]> of(String name) {
        return folder.trustedBytes(name);
    }

    @Override
    public void keep(SequencedMap<String, Optional<byte[]>> files) {
        try {
            folder.keepTrusted(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Those of the copy that has the accepted digest; the file itself counts where it still is that
     * one, as after a crash between the entry and the copy.
     */
    @Override
    public Optional<Approvers> approvers() {
        Optional<ContentHash> hash =
                accepted.flatMap(policy ->
                        policy.files().stream()
                                .filter(file -> file.path().equals(RuleFiles.APPROVERS))
                                .map(Event.RuleFile::hash)
                                .findFirst());
        if (hash.isEmpty()) { // accepted without any, or never accepted
            return Optional.of(Approvers.NONE);
        }
        return Stream.of(folder.trustedBytes(RuleFiles.APPROVERS), folder.approversBytes())
                .flatMap(Optional::stream)
                .filter(bytes -> ContentHash.of(bytes).equals(hash.get()))
                .findFirst()
                .map(bytes -> Approvers.parse(new String(bytes, StandardCharsets.UTF_8)));
    }
}
