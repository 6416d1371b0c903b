package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The key with which a log signs its notes, both halves. As text it is two lines: the private key
 * as Go's {@code golang.org/x/mod/sumdb/note} writes it, {@code
 * PRIVATE+KEY+name+hex(keyid)+base64(0x01 ‖ seed)}, and the vkey.
 */
final class NoteSigner {
    private static final String PREFIX = "PRIVATE+KEY+";

    private final NoteVerifier verifier;
    private final byte[] seed;

    private NoteSigner(NoteVerifier verifier, byte[] seed) {
        this.verifier = verifier;
        this.seed = seed;
    }

    /** A new key for this name. */
    static NoteSigner generate(String name, SecureRandom random) throws NoteUnreadable {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] der = pair.getPublic().getEncoded();
            byte[] point = Arrays.copyOfRange(der, der.length - 32, der.length);
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new NoteSigner(NoteVerifier.of(name, point), seed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has Ed25519", e);
        }
    }

    /** The key in this text, the two lines of {@link #text}. */
    static NoteSigner parse(String text) throws NoteUnreadable {
        String[] lines = text.split("\n", -1);
        if (lines.length != 3 || !lines[0].startsWith(PREFIX) || !lines[2].isEmpty()) {
            throw new NoteUnreadable("a key file is a line with the private key and one vkey");
        }
        NoteVerifier verifier = NoteVerifier.parse(lines[1]);
        String[] parts = lines[0].substring(PREFIX.length()).split("\\+", 3);
        if (parts.length != 3
                || !parts[0].equals(verifier.name())
                || !parts[1].equals(HexFormat.of().toHexDigits(verifier.keyId()))) {
            throw new NoteUnreadable("the private key and the vkey are not of one pair");
        }
        return new NoteSigner(verifier, NoteVerifier.typed(parts[2]));
    }

    /** The two lines that {@link #parse} reads. A secret. */
    String text() {
        byte[] typed = ByteBuffer.allocate(33).put(NoteVerifier.ED25519).put(seed).array();
        return PREFIX
                + verifier.name()
                + "+"
                + HexFormat.of().toHexDigits(verifier.keyId())
                + "+"
                + Base64.getEncoder().encodeToString(typed)
                + "\n"
                + verifier.vkey()
                + "\n";
    }

    /** What marks bytes as our own, for this purpose. */
    Seal seal(String purpose) {
        return Seal.of(seed, purpose);
    }

    NoteVerifier verifier() {
        return verifier;
    }

    /** The body, which ends with a line feed, as a note with our signature. */
    String sign(String body) {
        byte[] message = body.getBytes(UTF_8);
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key());
            ed25519.update(message);
            byte[] signature = ed25519.sign();
            // A signature made with a damaged key would lock us out at the next start, and a wrong
            // one can give an Ed25519 key away: none leaves here unverified.
            if (!verifier.verifies(message, signature)) {
                throw new IllegalStateException("the journal's key does not make valid signatures");
            }
            byte[] value =
                    ByteBuffer.allocate(4 + signature.length)
                            .putInt(verifier.keyId())
                            .put(signature)
                            .array();
            return body
                    + "\n\u2014 "
                    + verifier.name()
                    + " "
                    + Base64.getEncoder().encodeToString(value)
                    + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has Ed25519", e);
        }
    }

    /** Made when it is needed: the classes behind it cost a process that has just begun 30 ms. */
    private PrivateKey key() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    }
}
