package dev.wharfinger.approval;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A public key as OpenSSH writes it in one line. Only kinds that can sign an approval are keys.
 *
 * @param type the algorithm's name
 * @param key the wire form in Base64, as it stands in the line
 */
public record SshPublicKey(String type, String key) {
    private static final Set<String> TYPES =
            Set.of(
                    "ssh-ed25519",
                    "ssh-rsa",
                    "ecdsa-sha2-nistp256",
                    "sk-ssh-ed25519@openssh.com",
                    "sk-ecdsa-sha2-nistp256@openssh.com");
    private static final String PRIVATE = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(US_ASCII);

    public SshPublicKey {
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("a key of type `" + type + "` cannot decide");
        }
        var wire = new SshWire(Base64.getDecoder().decode(key));
        if (!wire.text().equals(type)) {
            throw new IllegalArgumentException("the key is not of the type that its line says");
        }
        wire.bytes();
        if (!type.equals("ssh-ed25519")) {
            wire.bytes();
        }
        if (type.startsWith("sk-ecdsa")) {
            wire.bytes();
        }
        wire.end();
    }

    /** Whether its signatures can prove that a human touched something. */
    public boolean touchable() {
        return type.startsWith("sk-");
    }

    /** The key of a {@code .pub} line; empty where it is none. */
    public static Optional<SshPublicKey> ofLine(String line) {
        List<String> words = List.of(line.strip().split("\\s+"));
        if (words.size() < 2 || !TYPES.contains(words.getFirst())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SshPublicKey(words.get(0), words.get(1)));
        } catch (IllegalArgumentException notAKey) {
            return Optional.empty();
        }
    }

    /**
     * The public half of a private key in OpenSSH's own format: it stands there in the clear, also
     * where a passphrase guards the rest.
     */
    public static Optional<SshPublicKey> ofPrivate(String file) {
        String text = file.strip();
        int end = text.indexOf("-----END");
        if (!text.startsWith(PRIVATE) || end < 0) {
            return Optional.empty();
        }
        try {
            String base64 = text.substring(PRIVATE.length(), end).replaceAll("\\s", "");
            var wire = new SshWire(Base64.getDecoder().decode(base64));
            if (!Arrays.equals(wire.raw(MAGIC.length), MAGIC)) {
                return Optional.empty();
            }
            wire.bytes(); // the cipher
            wire.bytes(); // how the passphrase is stretched
            wire.bytes(); // with which salt
            if (wire.number() != 1) {
                return Optional.empty();
            }
            byte[] key = wire.bytes();
            return Optional.of(
                    new SshPublicKey(
                            new SshWire(key).text(), Base64.getEncoder().encodeToString(key)));
        } catch (IllegalArgumentException notAKey) {
            return Optional.empty();
        }
    }

    /** As {@code ssh-keygen -l} shows it. */
    public String fingerprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(key));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The line of {@code allowed_signers} by which this key decides for that person. */
    public String signerLine(ApproverName name) {
        return name + " namespaces=\"" + Signatures.NAMESPACE + "\" " + type + " " + key;
    }
}
