package dev.wharfinger.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The files of one commit, read strictly: a tree with a name that is no path here, with Git's own
 * name in any spelling, or with two names that are one on some file system, is refused as a whole.
 * Such trees are made by hand, to write through whoever checks them out.
 */
record CommitTree(SortedMap<WorkspacePath, Entry> entries) {
    private static final int TREE_BYTES = 16 << 20;

    /** One file, link or submodule. */
    record Entry(FileMode mode, ObjectId id) {
        String modeText() {
            return Integer.toOctalString(mode.getBits());
        }
    }

    CommitTree {
        entries = Collections.unmodifiableSortedMap(entries);
    }

    static CommitTree read(ObjectReader reader, ObjectId tree) throws IOException {
        var walk = new Walk(reader);
        walk.add(tree, WorkspacePath.ROOT);
        return new CommitTree(walk.entries);
    }

    static CommitTree empty() {
        return new CommitTree(new TreeMap<>());
    }

    SourceDigest digest(Predicate<WorkspacePath> leftOut) {
        MessageDigest digest = ContentHash.sha256();
        entries.entrySet().stream()
                .filter(entry -> !leftOut.test(entry.getKey()))
                .map(entry -> line(entry.getKey(), entry.getValue()))
                // By the bytes of the line, which begins with the path and a NUL.
                .sorted(Comparator.comparing((byte[] line) -> ByteBuffer.wrap(line), UNSIGNED))
                .forEach(digest::update);
        return new SourceDigest(HexFormat.of().formatHex(digest.digest()));
    }

    private static final Comparator<ByteBuffer> UNSIGNED =
            (a, b) -> java.util.Arrays.compareUnsigned(a.array(), b.array());

    private static byte[] line(WorkspacePath path, Entry entry) {
        return (path + "\0" + entry.modeText() + "\0" + entry.id().name() + "\n").getBytes(UTF_8);
    }

    private static final class Walk {
        private final ObjectReader reader;
        private final ObjectChecker checker =
                new ObjectChecker()
                        .setSafeForMacOS(true)
                        .setIgnore(ObjectChecker.ErrorType.ZERO_PADDED_FILEMODE, true);
        private final SortedMap<WorkspacePath, Entry> entries = new TreeMap<>();

        private Walk(ObjectReader reader) {
            this.reader = reader;
        }

        private void add(ObjectId tree, WorkspacePath folder) throws IOException {
            byte[] raw = reader.open(tree, Constants.OBJ_TREE).getCachedBytes(TREE_BYTES);
            try {
                checker.checkTree(tree, raw);
            } catch (CorruptObjectException strange) {
                String what = NameRules.shown(String.valueOf(strange.getMessage()));
                throw PathRefused.strangeTree(folder, what);
            }
            Map<FoldedName, String> seen = new HashMap<>();
            var parser = new CanonicalTreeParser();
            for (parser.reset(raw); !parser.eof(); parser.next(1)) {
                WorkspacePath path = child(folder, parser, seen);
                FileMode mode = parser.getEntryFileMode();
                ObjectId id = parser.getEntryObjectId();
                if (mode.equals(FileMode.TREE)) {
                    add(id, path);
                } else {
                    entries.put(path, new Entry(mode, id));
                }
            }
        }

        private static WorkspacePath child(
                WorkspacePath folder, CanonicalTreeParser parser, Map<FoldedName, String> seen)
                throws PathRefused {
            byte[] raw = new byte[parser.getNameLength()];
            parser.getName(raw, 0);
            Optional<String> name = text(raw);
            Optional<WorkspacePath> path = name.flatMap(folder::tryChild);
            if (path.isEmpty()) {
                String shown = NameRules.shown(new String(raw, UTF_8));
                throw PathRefused.strangeTree(folder, "the name `" + shown + "`");
            }
            if (Forbidden.isGit(path.get())) {
                throw PathRefused.strangeTree(folder, "a name that means Git's own folder");
            }
            String twin = seen.putIfAbsent(FoldedName.of(name.get()), name.get());
            if (twin != null) {
                throw PathRefused.strangeTree(
                        folder,
                        "`" + twin + "` and `" + name.get() + "`, one name on some systems");
            }
            return path.get();
        }

        private static Optional<String> text(byte[] raw) {
            try {
                return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString());
            } catch (CharacterCodingException notText) {
                return Optional.empty();
            }
        }
    }
}
