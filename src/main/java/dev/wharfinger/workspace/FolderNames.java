package dev.wharfinger.workspace;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code getdents64(2)}: the names in an open folder, read once from its beginning. */
final class FolderNames {
    private static final int BUFFER = 64 * 1024;
    private static final int NAME = 19;

    private FolderNames() {}

    static List<Folder.Named> read(Kernel kernel, int descriptor, Folder folder, int limit)
            throws IOException {
        // A descriptor of its own: the place in the folder belongs to the open description.
        var names = new ArrayList<Folder.Named>();
        try (Arena arena = Arena.ofConfined()) {
            int flags = Kernel.Flags.READ | kernel.machine().directoryFlag;
            long fresh = kernel.openBeneath(arena, descriptor, ".", flags, 0);
            if (fresh < 0) {
                throw Errno.failure(fresh, folder.path(), "open");
            }
            try {
                MemorySegment buffer = arena.allocate(BUFFER, 8);
                int filled;
                do {
                    filled = fill(kernel, (int) fresh, buffer, folder.path());
                    collect(buffer, filled, folder, names);
                    if (names.size() > limit) {
                        throw PathRefused.tooMany(folder.path(), limit);
                    }
                } while (filled > 0);
            } finally {
                kernel.close((int) fresh);
            }
        }
        return names;
    }

    private static int fill(Kernel kernel, int descriptor, MemorySegment buffer, WorkspacePath path)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int call = kernel.machine().getdents64;
            long result = kernel.call(arena, call, descriptor, buffer.address(), BUFFER, 0, 0);
            if (result < 0) {
                throw Errno.failure(result, path, "list");
            }
            return (int) result;
        }
    }

    private static void collect(
            MemorySegment buffer, int filled, Folder folder, List<Folder.Named> names)
            throws IOException {
        for (int at = 0; at < filled; ) {
            int length = buffer.get(JAVA_SHORT_UNALIGNED, at + 16) & 0xffff;
            Optional<String> name = name(buffer, at + NAME, at + length);
            if (name.isPresent() && !name.get().equals(".") && !name.get().equals("..")) {
                Optional<Facts.Kind> kind = kind(buffer.get(JAVA_BYTE, at + 18));
                if (kind.isEmpty()) {
                    kind = folder.facts(name.get()).map(Facts::kind);
                }
                kind.ifPresent(known -> names.add(new Folder.Named(name.get(), known)));
            }
            at += length;
        }
    }

    private static Optional<String> name(MemorySegment buffer, int from, int to) {
        int end = from;
        while (end < to && buffer.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        byte[] bytes = buffer.asSlice(from, end - from).toArray(JAVA_BYTE);
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** Nothing where the file system does not tell, and one has to ask for the name itself. */
    private static Optional<Facts.Kind> kind(byte type) {
        return switch (type) {
            case 0 -> Optional.empty();
            case 4 -> Optional.of(Facts.Kind.FOLDER);
            case 8 -> Optional.of(Facts.Kind.FILE);
            case 10 -> Optional.of(Facts.Kind.LINK);
            default -> Optional.of(Facts.Kind.OTHER);
        };
    }
}
