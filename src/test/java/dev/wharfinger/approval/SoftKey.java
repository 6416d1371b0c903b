package dev.wharfinger.approval;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key of a person, in software: also of the kinds that live in a token, so that tests can touch
 * it or not. It writes what OpenSSH writes; {@code ssh-keygen} verifies it.
 */
public final class SoftKey {
    /** Kinds of keys. */
    public enum Type {
        ED25519("ssh-ed25519"),
        SK_ED25519("sk-ssh-ed25519@openssh.com"),
        SK_ECDSA("sk-ecdsa-sha2-nistp256@openssh.com"),
        /** The same key, used by a browser. */
        PASSKEY("sk-ecdsa-sha2-nistp256@openssh.com");

        private final String ssh;

        Type(String ssh) {
            this.ssh = ssh;
        }
    }

    private static final String WEBAUTHN = "webauthn-sk-ecdsa-sha2-nistp256@openssh.com";
    private static final String ORIGIN = "https://wharf.example.com";
    private final Type type;
    private final KeyPair pair;
    private final String application;

    private SoftKey(Type type, KeyPair pair, String application) {
        this.type = type;
        this.pair = pair;
        this.application = application;
    }

    /** A new key. */
    public static SoftKey of(Type type) {
        return of(type, type == Type.PASSKEY ? "wharf.example.com" : "ssh:");
    }

    /** A new key that a browser made for the site of this name. */
    public static SoftKey passkey(String site) {
        return of(Type.PASSKEY, site);
    }

    private static SoftKey of(Type type, String application) {
        try {
            KeyPairGenerator generator;
            if (type == Type.ED25519 || type == Type.SK_ED25519) {
                generator = KeyPairGenerator.getInstance("Ed25519");
            } else {
                generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return new SoftKey(type, generator.generateKeyPair(), application);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean edwards() {
        return type == Type.ED25519 || type == Type.SK_ED25519;
    }

    /** The public key on the wire. */
    public byte[] wire() {
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] name = SshWire.ascii(type.ssh);
        byte[] app = SshWire.ascii(application);
        if (edwards()) {
            byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            return type == Type.ED25519
                    ? SshWire.strings(name, raw)
                    : SshWire.strings(name, raw, app);
        }
        var point = ((ECPublicKey) pair.getPublic()).getW();
        byte[] raw = new byte[65];
        raw[0] = 4;
        put(raw, 1, point.getAffineX());
        put(raw, 33, point.getAffineY());
        return SshWire.strings(name, SshWire.ascii("nistp256"), raw, app);
    }

    private static void put(byte[] into, int at, BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = Math.max(0, bytes.length - 32);
        int length = bytes.length - from;
        System.arraycopy(bytes, from, into, at + 32 - length, length);
    }

    /** The line of {@code allowed_signers}. */
    public String line(String name) {
        return new SshPublicKey(type.ssh, Base64.getEncoder().encodeToString(wire()))
                .signerLine(new ApproverName(name));
    }

    /** A touched signature of an approval. */
    public String sign(String text) {
        return sign(text, Signatures.NAMESPACE, true);
    }

    /** A signature for whatever, touched or not. */
    public String sign(String text, String namespace, boolean touched) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(text.getBytes(UTF_8));
            byte[] blob =
                    joined(
                            SshWire.ascii("SSHSIG"),
                            SshWire.strings(
                                    SshWire.ascii(namespace),
                                    new byte[0],
                                    SshWire.ascii("sha512"),
                                    digest));
            byte[] all =
                    joined(
                            SshWire.ascii("SSHSIG"),
                            ByteBuffer.allocate(4).putInt(1).array(),
                            SshWire.strings(
                                    wire(),
                                    SshWire.ascii(namespace),
                                    new byte[0],
                                    SshWire.ascii("sha512"),
                                    signature(blob, touched)));
            return "-----BEGIN SSH SIGNATURE-----\n"
                    + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(all)
                    + "\n-----END SSH SIGNATURE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a browser hands to the page of this origin that asked for a touch. */
    public Passkey.Assertion assertion(byte[] challenge, String origin, boolean touched) {
        try {
            byte[] client = clientData(challenge, origin);
            byte[] data = joined(sha256(SshWire.ascii(application)), counted(touched));
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(pair.getPrivate());
            signer.update(joined(data, sha256(client)));
            return new Passkey.Assertion(data, client, signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private half in PKCS #8, as a browser's test authenticator takes it. */
    public byte[] secret() {
        return pair.getPrivate().getEncoded();
    }

    private static byte[] counted(boolean touched) {
        return ByteBuffer.allocate(5).put((byte) (touched ? 1 : 0)).putInt(7).array();
    }

    private static byte[] clientData(byte[] challenge, String origin) {
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(challenge);
        return """
        {"type":"webauthn.get","challenge":"%s","origin":"%s","crossOrigin":false}\
        """
                .formatted(encoded, origin)
                .getBytes(UTF_8);
    }

    private byte[] signature(byte[] blob, boolean touched) throws GeneralSecurityException {
        if (type == Type.ED25519) {
            return SshWire.strings(SshWire.ascii(type.ssh), raw(blob));
        }
        byte[] counted = counted(touched);
        byte[] client = clientData(blob, ORIGIN);
        byte[] message = sha256(type == Type.PASSKEY ? client : blob);
        byte[] made = raw(joined(sha256(SshWire.ascii(application)), counted, message));
        return type == Type.PASSKEY
                ? joined(
                        SshWire.strings(SshWire.ascii(WEBAUTHN), made),
                        counted,
                        SshWire.strings(SshWire.ascii(ORIGIN), client, new byte[0]))
                : joined(SshWire.strings(SshWire.ascii(type.ssh), made), counted);
    }

    private byte[] raw(byte[] message) throws GeneralSecurityException {
        Signature signer =
                Signature.getInstance(edwards() ? "Ed25519" : "SHA256withECDSAinP1363Format");
        signer.initSign(pair.getPrivate());
        signer.update(message);
        byte[] made = signer.sign();
        return edwards()
                ? made
                : SshWire.strings(
                        new BigInteger(1, Arrays.copyOf(made, 32)).toByteArray(),
                        new BigInteger(1, Arrays.copyOfRange(made, 32, 64)).toByteArray());
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
