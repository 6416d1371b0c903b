package dev.wharfinger.workspace;

import java.util.Optional;

/**
 * The numbers that differ between processors. Source: {@code arch/x86/entry/syscalls} and {@code
 * include/uapi/asm-generic} of Linux 6.18.
 */
enum Machine {
    X86_64(257, 3, 0, 1, 74, 91, 73, 217, 258, 263, 266, 267, 316, 332, 0200000, 0400000),
    AARCH64(56, 57, 63, 64, 82, 52, 32, 61, 34, 35, 36, 78, 276, 291, 040000, 0100000);

    final int openat;
    final int close;
    final int read;
    final int write;
    final int fsync;
    final int fchmod;
    final int flock;
    final int getdents64;
    final int mkdirat;
    final int unlinkat;
    final int symlinkat;
    final int readlinkat;
    final int renameat2;
    final int statx;
    final int directoryFlag;
    final int noFollowFlag;

    Machine(int... numbers) {
        openat = numbers[0];
        close = numbers[1];
        read = numbers[2];
        write = numbers[3];
        fsync = numbers[4];
        fchmod = numbers[5];
        flock = numbers[6];
        getdents64 = numbers[7];
        mkdirat = numbers[8];
        unlinkat = numbers[9];
        symlinkat = numbers[10];
        readlinkat = numbers[11];
        renameat2 = numbers[12];
        statx = numbers[13];
        directoryFlag = numbers[14];
        noFollowFlag = numbers[15];
    }

    /** The machine that this process runs on, or nothing where its numbers are not known. */
    static Optional<Machine> here() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.empty();
        }
        return switch (System.getProperty("os.arch", "")) {
            case "amd64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }
}
