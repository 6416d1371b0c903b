package dev.wharfinger.approval;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** A public key as SSH writes it, and whether it signed something. */
record SshKey(byte[] wire) {
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");
    static final String WEBAUTHN = "webauthn-sk-ecdsa-sha2-nistp256@openssh.com";

    /** Whether the signature holds, and whether it proves a touch. */
    record Made(boolean holds, boolean touched) {
        static final Made NOT = new Made(false, false);
    }

    Made verify(byte[] blob, byte[] signature) throws GeneralSecurityException {
        var key = new SshWire(wire);
        String type = key.text();
        var made = new SshWire(signature);
        String algorithm = made.text();
        byte[] raw = made.bytes();
        boolean fits =
                switch (type) {
                    case "ssh-rsa" ->
                            algorithm.equals("rsa-sha2-512") || algorithm.equals("rsa-sha2-256");
                    case "sk-ecdsa-sha2-nistp256@openssh.com" ->
                            algorithm.equals(type) || algorithm.equals(WEBAUTHN);
                    default -> algorithm.equals(type);
                };
        if (!fits) {
            return Made.NOT;
        }
        PublicKey publicKey = publicKey(type, key);
        if (!type.startsWith("sk-")) {
            made.end();
            return new Made(holds(publicKey, algorithm, blob, raw), false);
        }
        byte[] application = sha256(key.bytes());
        byte flags = made.octet();
        int counter = made.number();
        byte[] message = sha256(blob);
        if (algorithm.equals(WEBAUTHN)) {
            String origin = made.text();
            byte[] data = made.bytes();
            byte[] extensions = made.bytes();
            String wanted = Base64.getUrlEncoder().withoutPadding().encodeToString(blob);
            boolean ours =
                    new String(data, UTF_8)
                            .startsWith(
                                    "{\"type\":\"webauthn.get\",\"challenge\":\""
                                            + wanted
                                            + "\",\"origin\":\""
                                            + origin
                                            + "\"");
            if (!ours || origin.indexOf('"') >= 0 || extensions.length > 0) {
                return Made.NOT;
            }
            message = sha256(data);
        }
        made.end();
        byte[] signed =
                ByteBuffer.allocate(69)
                        .put(application)
                        .put(flags)
                        .putInt(counter)
                        .put(message)
                        .array();
        return new Made(holds(publicKey, algorithm, signed, raw), (flags & 1) == 1);
    }

    private static boolean holds(PublicKey key, String algorithm, byte[] signed, byte[] raw)
            throws GeneralSecurityException {
        String name =
                switch (algorithm) {
                    case "ssh-ed25519", "sk-ssh-ed25519@openssh.com" -> "Ed25519";
                    case "rsa-sha2-512" -> "SHA512withRSA";
                    case "rsa-sha2-256" -> "SHA256withRSA";
                    default -> "SHA256withECDSA";
                };
        Signature verifier = Signature.getInstance(name);
        verifier.initVerify(key);
        verifier.update(signed);
        return verifier.verify(name.endsWith("ECDSA") ? der(new SshWire(raw)) : raw);
    }

    private static PublicKey publicKey(String type, SshWire key) throws GeneralSecurityException {
        switch (type) {
            case "ssh-ed25519", "sk-ssh-ed25519@openssh.com" -> {
                byte[] raw = key.bytes();
                byte[] encoded = ByteBuffer.allocate(44).put(ED25519).put(raw, 0, 32).array();
                return KeyFactory.getInstance("Ed25519")
                        .generatePublic(new X509EncodedKeySpec(encoded));
            }
            case "ssh-rsa" -> {
                var exponent = new BigInteger(1, key.bytes());
                var modulus = new BigInteger(1, key.bytes());
                if (modulus.bitLength() < 2048) {
                    throw new IllegalArgumentException("a short RSA key");
                }
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(modulus, exponent));
            }
            case "ecdsa-sha2-nistp256", "sk-ecdsa-sha2-nistp256@openssh.com" -> {
                key.bytes(); // the curve's name
                byte[] point = key.bytes();
                if (point.length != 65 || point[0] != 4) {
                    throw new IllegalArgumentException("no point");
                }
                var curve = AlgorithmParameters.getInstance("EC");
                curve.init(new ECGenParameterSpec("secp256r1"));
                var at =
                        new ECPoint(
                                new BigInteger(1, point, 1, 32), new BigInteger(1, point, 33, 32));
                return KeyFactory.getInstance("EC")
                        .generatePublic(
                                new ECPublicKeySpec(
                                        at, curve.getParameterSpec(ECParameterSpec.class)));
            }
            default -> throw new IllegalArgumentException("key type " + type);
        }
    }

    /** A signature of ECDSA as X.509 writes it, as the pair that SSH writes. */
    static byte[] pair(byte[] der) {
        var in = ByteBuffer.wrap(der);
        try {
            if (in.get() != 0x30 || in.get() != in.remaining()) {
                throw new IllegalArgumentException("no signature on P-256");
            }
            byte[] both = SshWire.strings(number(in), number(in));
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("something follows the signature");
            }
            return both;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the signature is cut short", e);
        }
    }

    private static byte[] number(ByteBuffer in) {
        if (in.get() != 2) {
            throw new IllegalArgumentException("no number where one must be");
        }
        int length = in.get();
        if (length < 1 || length > 33) {
            throw new IllegalArgumentException("no number on P-256");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static byte[] der(SshWire pair) {
        byte[] r = pair.bytes();
        byte[] s = pair.bytes();
        int length = 4 + r.length + s.length;
        if (r.length > 33 || s.length > 33) {
            throw new IllegalArgumentException("no signature on P-256");
        }
        return ByteBuffer.allocate(2 + length)
                .put((byte) 0x30)
                .put((byte) length)
                .put((byte) 2)
                .put((byte) r.length)
                .put(r)
                .put((byte) 2)
                .put((byte) s.length)
                .put(s)
                .array();
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
