package dev.wharfinger.approval;

import java.util.List;

/**
 * One key of one person who may decide.
 *
 * @param aliases other names in the same line: the operating system's users of that person
 * @param key the public key as SSH writes it on the wire, in Base64
 */
public record Approver(ApproverName name, List<String> aliases, String keyType, String key) {
    public Approver {
        aliases = List.copyOf(aliases);
        key = new SshPublicKey(keyType, key).key();
    }

    /** Whether this key can prove that a human touched something. */
    public boolean touchable() {
        return keyType.startsWith("sk-");
    }
}
