package dev.wharfinger.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * How an issuer may sign: always with a key of its own of which only the public half is known here.
 * There is no {@code none} and nothing with a shared secret.
 */
public enum SigningAlgorithm {
    ES256("ES256", "P-256"),
    ES384("ES384", "P-384"),
    ES512("ES512", "P-521"),
    RS256("RS256", "RSA"),
    RS384("RS384", "RSA"),
    RS512("RS512", "RSA"),
    PS256("PS256", "RSA"),
    PS384("PS384", "RSA"),
    PS512("PS512", "RSA"),
    EDDSA("EdDSA", "Ed25519");

    /** What is taken where nothing else was said. */
    public static final List<SigningAlgorithm> USUAL = List.of(ES256, ES384, RS256, PS256, EDDSA);

    private static final int LEAST_RSA_BITS = 2048;
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");
    private final String word;
    private final String key;

    SigningAlgorithm(String word, String key) {
        this.word = word;
        this.key = key;
    }

    /** Its name in a token's header. */
    public String word() {
        return word;
    }

    /** The algorithm of that name; names are exact. */
    public static Optional<SigningAlgorithm> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** Whether that key is one for this algorithm, and for signatures. */
    boolean fits(JWK jwk) {
        boolean signs = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean ours = jwk.getAlgorithm() == null || jwk.getAlgorithm().getName().equals(word);
        return signs && ours && key.equals(kind(jwk));
    }

    private static String kind(JWK jwk) {
        return switch (jwk) {
            case ECKey ec -> ec.getCurve().getName();
            case RSAKey rsa -> rsa.size() >= LEAST_RSA_BITS ? "RSA" : "short";
            case OctetKeyPair pair -> pair.getCurve().getName();
            default -> "another";
        };
    }

    /** Whether this is that key's signature; a key that does not fit signed nothing. */
    boolean verifies(JWK jwk, JWSHeader header, byte[] signed, byte[] signature) {
        if (!fits(jwk)) {
            return false;
        }
        try {
            if (jwk instanceof OctetKeyPair pair) {
                return pair.getCurve().equals(Curve.Ed25519)
                        && ed25519(pair.getDecodedX(), signed, signature);
            }
            JWSVerifier verifier =
                    jwk instanceof ECKey ec
                            ? new ECDSAVerifier(ec.toECPublicKey())
                            : new RSASSAVerifier(jwk.toRSAKey().toRSAPublicKey());
            return verifier.verify(header, signed, Base64URL.encode(signature));
        } catch (JOSEException | GeneralSecurityException | RuntimeException unsound) {
            return false;
        }
    }

    /** By the JDK: the library would need another one for it. */
    private static boolean ed25519(byte[] x, byte[] signed, byte[] signature)
            throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(ED25519, ED25519.length + x.length);
        System.arraycopy(x, 0, encoded, ED25519.length, x.length);
        PublicKey known =
                KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(known);
        check.update(signed);
        return check.verify(signature);
    }
}
