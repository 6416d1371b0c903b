package dev.wharfinger.workspace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Error numbers of Linux, and what they mean for a path beneath the root. */
final class Errno {
    static final int PERM = 1;
    static final int NOENT = 2;
    static final int INTR = 4;
    static final int NXIO = 6;
    static final int AGAIN = 11;
    static final int ACCES = 13;
    static final int EXIST = 17;
    static final int XDEV = 18;
    static final int NODEV = 19;
    static final int NOTDIR = 20;
    static final int INVAL = 22;
    static final int LOOP = 40;

    private Errno() {}

    /** The exception for a call that answered this (negated) number. */
    static IOException failure(long result, WorkspacePath path, String doing) {
        int errno = (int) -result;
        return switch (errno) {
            case NOENT -> new NoSuchFileException(path.toString());
            case EXIST -> new FileAlreadyExistsException(path.toString());
            case LOOP -> PathRefused.link(path);
            case XDEV -> PathRefused.elsewhere(path);
            case NOTDIR -> PathRefused.notAFolder(path);
            case NXIO, NODEV -> PathRefused.notAFile(path);
            case ACCES, PERM -> PathRefused.notPermitted(path);
            default -> new FileSystemException(path.toString(), null, doing + ": " + text(errno));
        };
    }

    private static String text(int errno) {
        String known =
                switch (errno) {
                    case 5 -> "input/output error";
                    case AGAIN -> "the folders above it keep moving";
                    case 23, 24 -> "too many open files";
                    case 27 -> "file too large";
                    case 28 -> "no space left on the device";
                    case 30 -> "the file system is read-only";
                    case 36 -> "the name is too long for this file system";
                    case 122 -> "disk quota exceeded";
                    default -> "the system said no";
                };
        return known + " (error " + errno + ")";
    }
}
