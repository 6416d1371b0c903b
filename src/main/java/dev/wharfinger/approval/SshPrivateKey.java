package dev.wharfinger.approval;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A private key in OpenSSH's own format (PROTOCOL.key), without a passphrase, that signs in plain
 * Java: for machines without {@code ssh-keygen}. Its signatures prove no touch; keys in hardware
 * and keys behind a passphrase are left to {@code ssh-keygen}.
 */
public final class SshPrivateKey {
    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(US_ASCII);

    private final SshPublicKey publicKey;
    private final PrivateKey key;

    private SshPrivateKey(SshPublicKey publicKey, PrivateKey key) {
        this.publicKey = publicKey;
        this.key = key;
    }

    /** A new key of type {@code ssh-ed25519}, which nobody has written down. */
    public static SshPrivateKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            byte[] wire = SshWire.strings(SshWire.ascii("ssh-ed25519"), raw);
            return new SshPrivateKey(publicKey(wire), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The key of this file.
     *
     * @throws IllegalArgumentException where it is none, is behind a passphrase, or lives in
     *     hardware; the message says which
     */
    public static SshPrivateKey parse(String file) {
        String text = file.strip();
        int end = text.indexOf("-----END");
        if (!text.startsWith(BEGIN) || end < 0) {
            throw new IllegalArgumentException("no private key in OpenSSH's format");
        }
        String base64 = text.substring(BEGIN.length(), end).replaceAll("\\s", "");
        var wire = new SshWire(Base64.getDecoder().decode(base64));
        if (!Arrays.equals(wire.raw(MAGIC.length), MAGIC)) {
            throw new IllegalArgumentException("no private key in OpenSSH's format");
        }
        boolean open = wire.text().equals("none");
        wire.bytes(); // how the passphrase is stretched
        wire.bytes(); // with which salt
        if (!open) {
            throw new IllegalArgumentException("the key is behind a passphrase");
        }
        if (wire.number() != 1) {
            throw new IllegalArgumentException("more than one key");
        }
        SshPublicKey publicKey = publicKey(wire.bytes());
        var secret = new SshWire(wire.bytes());
        int check = secret.number();
        if (check != secret.number()) {
            throw new IllegalArgumentException("the key is damaged");
        }
        try {
            return new SshPrivateKey(publicKey, secret(publicKey.type(), secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot be used: " + e.getMessage(), e);
        }
    }

    private static SshPublicKey publicKey(byte[] wire) {
        return new SshPublicKey(new SshWire(wire).text(), Base64.getEncoder().encodeToString(wire));
    }

    private static PrivateKey secret(String type, SshWire in) throws GeneralSecurityException {
        in.bytes(); // the type once more
        switch (type) {
            case "ssh-ed25519" -> {
                in.bytes(); // the public half
                byte[] seed = Arrays.copyOf(in.bytes(), 32);
                return KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            }
            case "ecdsa-sha2-nistp256" -> {
                in.bytes(); // the curve's name
                in.bytes(); // the public half
                var curve = AlgorithmParameters.getInstance("EC");
                curve.init(new ECGenParameterSpec("secp256r1"));
                return KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new ECPrivateKeySpec(
                                        new BigInteger(1, in.bytes()),
                                        curve.getParameterSpec(ECParameterSpec.class)));
            }
            case "ssh-rsa" -> {
                var modulus = new BigInteger(1, in.bytes());
                in.bytes(); // the public exponent
                return KeyFactory.getInstance("RSA")
                        .generatePrivate(
                                new RSAPrivateKeySpec(modulus, new BigInteger(1, in.bytes())));
            }
            default -> throw new IllegalArgumentException("the key lives in hardware");
        }
    }

    /** The public half. */
    public SshPublicKey publicKey() {
        return publicKey;
    }

    /** The armored signature of an approval's text. */
    public String sign(String text) {
        return sign(text, Signatures.NAMESPACE);
    }

    /** The armored signature for some other purpose: no approval. */
    public String sign(String text, String namespace) {
        try {
            byte[] blob = Signatures.blob(namespace, "sha512", text.getBytes(UTF_8));
            String algorithm =
                    publicKey.type().equals("ssh-rsa") ? "rsa-sha2-512" : publicKey.type();
            Signature signer =
                    Signature.getInstance(
                            switch (algorithm) {
                                case "ssh-ed25519" -> "Ed25519";
                                case "rsa-sha2-512" -> "SHA512withRSA";
                                default -> "SHA256withECDSA";
                            });
            signer.initSign(key);
            signer.update(blob);
            byte[] made = signer.sign();
            byte[] raw = algorithm.startsWith("ecdsa") ? SshKey.pair(made) : made;
            return SshSignature.armored(
                    Base64.getDecoder().decode(publicKey.key()),
                    namespace,
                    "sha512",
                    SshWire.strings(SshWire.ascii(algorithm), raw));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
