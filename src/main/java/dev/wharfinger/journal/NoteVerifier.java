package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of a key that signs notes (Ed25519), as its <a
 * href="https://c2sp.org/signed-note">vkey</a> {@code name+hex(keyid)+base64(0x01 ‖ public key)}.
 */
public final class NoteVerifier {
    /** What stands before the 32 bytes of an Ed25519 public key in its DER form (RFC 8410). */
    private static final byte[] DER = HexFormat.of().parseHex("302a300506032b6570032100");

    static final byte ED25519 = 1;

    private final String name;
    private final byte[] point;
    private final int keyId;

    private NoteVerifier(String name, byte[] point) throws NoteUnreadable {
        if (!isName(name)) {
            throw new NoteUnreadable("`" + name + "` is not a key's name");
        }
        this.name = name;
        this.point = point;
        this.keyId = keyId(name, point);
    }

    /**
     * The key in this text.
     *
     * @throws NoteUnreadable when it is not a vkey, of another algorithm, or its id is wrong
     */
    public static NoteVerifier parse(String vkey) throws NoteUnreadable {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3 || !parts[1].matches("[0-9a-f]{8}")) {
            throw new NoteUnreadable("a vkey is name+id+key");
        }
        var verifier = new NoteVerifier(parts[0], typed(parts[2]));
        if (!HexFormat.of().toHexDigits(verifier.keyId).equals(parts[1])) {
            throw new NoteUnreadable("the id " + parts[1] + " does not belong to this key");
        }
        return verifier;
    }

    static NoteVerifier of(String name, byte[] point) throws NoteUnreadable {
        return new NoteVerifier(name, point.clone());
    }

    /** Who signs with it. For a log this is the log's origin. */
    public String name() {
        return name;
    }

    /** First 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
    public int keyId() {
        return keyId;
    }

    /** The key as one line of text, for whoever verifies. */
    public String vkey() {
        byte[] typed = new byte[point.length + 1];
        typed[0] = ED25519;
        System.arraycopy(point, 0, typed, 1, point.length);
        return name
                + "+"
                + HexFormat.of().toHexDigits(keyId)
                + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** Whether this key made this signature over these bytes. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key());
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (SignatureException | InvalidKeyException | InvalidKeySpecException e) {
            return false; // a signature of another length, or a key that is no point on the curve
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has Ed25519", e);
        }
    }

    private PublicKey key() throws GeneralSecurityException {
        byte[] der = Arrays.copyOf(DER, DER.length + point.length);
        System.arraycopy(point, 0, der, DER.length, point.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    }

    /** Whether a key, and so a log, may have this name: one word, without {@code +}. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.indexOf('+') < 0
                && name.codePoints()
                        .noneMatch(c ->
                                Character.isWhitespace(c)
                                        || Character.isSpaceChar(c)
                                        || Character.isISOControl(c)
                                        || (c >= 0xD800 && c <= 0xDFFF));
    }

    /** The 32 bytes behind the byte that names the algorithm. */
    static byte[] typed(String base64) throws NoteUnreadable {
        try {
            byte[] typed = Base64.getDecoder().decode(base64);
            if (typed.length != 33 || typed[0] != ED25519) {
                throw new NoteUnreadable("not an Ed25519 key of 32 bytes");
            }
            return Arrays.copyOfRange(typed, 1, typed.length);
        } catch (IllegalArgumentException e) {
            throw new NoteUnreadable("a key is Base64: " + e.getMessage());
        }
    }

    private static int keyId(String name, byte[] point) {
        MessageDigest sha = Hasher.sha256();
        sha.update(name.getBytes(UTF_8));
        sha.update((byte) '\n');
        sha.update(ED25519);
        return ByteBuffer.wrap(sha.digest(point)).getInt();
    }
}
