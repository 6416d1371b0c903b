package dev.wharfinger.approval;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A passkey of a browser, as the SSH key that it also is: a key on P-256 whose application is the
 * site's name. What it signs for a site (WebAuthn level 3, section 7.2) is what {@code ssh-keygen}
 * verifies as {@code webauthn-sk-ecdsa-sha2-nistp256@openssh.com} (OpenSSH, PROTOCOL.u2f).
 */
public record Passkey(SshPublicKey key) {
    /** What a browser hands over after a touch. */
    public record Assertion(byte[] authenticatorData, byte[] clientData, byte[] signature) {}

    private static final String TYPE = "sk-ecdsa-sha2-nistp256@openssh.com";

    /** A public key on P-256 in X.509's form: this, then both coordinates. */
    private static final byte[] P256 =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200" + "04");

    /** The name of the site, its number of touches and its flags; nothing else may follow. */
    private static final int PLAIN = 37;

    public Passkey {
        if (!key.type().equals(TYPE)) {
            throw new IllegalArgumentException("not the key of a passkey: " + key.type());
        }
    }

    /**
     * The passkey that a browser has just made for a site.
     *
     * @param publicKey as WebAuthn's {@code getPublicKey()} gives it, in X.509's form
     * @param site the relying party's id: the host's name
     * @throws IllegalArgumentException where it is not on P-256
     */
    public static Passkey made(byte[] publicKey, String site) {
        boolean fits =
                publicKey.length == P256.length + 64
                        && Arrays.equals(P256, Arrays.copyOf(publicKey, P256.length));
        if (!fits) {
            throw new IllegalArgumentException("not a public key on P-256");
        }
        byte[] point = Arrays.copyOfRange(publicKey, P256.length - 1, publicKey.length);
        byte[] wire =
                SshWire.strings(
                        SshWire.ascii(TYPE), SshWire.ascii("nistp256"), point, SshWire.ascii(site));
        return new Passkey(new SshPublicKey(TYPE, Base64.getEncoder().encodeToString(wire)));
    }

    /** For which site it was made; {@code ssh:} means that it is a key of SSH's own. */
    public String site() {
        var wire = new SshWire(wire());
        wire.bytes();
        wire.bytes();
        wire.bytes();
        return wire.text();
    }

    private byte[] wire() {
        return Base64.getDecoder().decode(key.key());
    }

    /** What a browser signs as a challenge, so that its signature is one over this text. */
    public static byte[] challenge(ApprovalText text) {
        return Signatures.blob("sha512", text.text().getBytes(UTF_8));
    }

    /** Whether this key answered this challenge from this origin, with a touch. */
    public boolean answers(byte[] challenge, String origin, Assertion made) {
        try {
            var verified = new SshKey(wire()).verify(challenge, blob(origin, made));
            return isForSite(made) && verified.holds() && verified.touched();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // whatever cannot be read answers nothing
        }
    }

    /**
     * The armored SSH signature that an assertion over {@link #challenge} is. Nothing is verified
     * here: {@link Signatures#verify} does, as for every other signature.
     *
     * @throws IllegalArgumentException where the assertion has parts that SSH has no place for
     */
    public String signature(String origin, Assertion made) {
        if (!isForSite(made)) {
            throw new IllegalArgumentException("the assertion is for another site");
        }
        return SshSignature.armored(wire(), Signatures.NAMESPACE, "sha512", blob(origin, made));
    }

    private boolean isForSite(Assertion made) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(SshWire.ascii(site()));
            return Arrays.equals(hash, Arrays.copyOf(made.authenticatorData(), hash.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] blob(String origin, Assertion made) {
        byte[] data = made.authenticatorData();
        if (data.length != PLAIN) {
            throw new IllegalArgumentException("the authenticator adds data of its own");
        }
        return SshWire.joined(
                SshWire.strings(SshWire.ascii(SshKey.WEBAUTHN), SshKey.pair(made.signature())),
                Arrays.copyOfRange(data, 32, PLAIN),
                SshWire.strings(SshWire.ascii(origin), made.clientData(), new byte[0]));
    }
}
