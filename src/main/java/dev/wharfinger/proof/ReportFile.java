package dev.wharfinger.proof;

import dev.wharfinger.workspace.ContentHash;

/** One report as it was found: its name, bytes and hash. The bytes are kept as the proof's root. */
@SuppressWarnings("ArrayRecordComponent") // the bytes are only handed on; equality is by hash
public record ReportFile(String name, byte[] bytes, ContentHash hash) {
    /** The report of these bytes. */
    public static ReportFile of(String name, byte[] bytes) {
        return new ReportFile(name, bytes.clone(), ContentHash.of(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReportFile(var otherName, _, var otherHash)
                && name.equals(otherName)
                && hash.equals(otherHash);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + hash.hashCode();
    }

    @Override
    public String toString() {
        return name + " (" + bytes.length + " bytes, " + hash.hex() + ")";
    }
}
