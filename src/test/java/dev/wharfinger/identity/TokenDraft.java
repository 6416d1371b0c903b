package dev.wharfinger.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A token that is being written, rightly or wrongly; what it says is signed as it stands. */
public final class TokenDraft {
    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] ED25519 =
            HexFormat.of().parseHex("302e020100300506032b657004220420");
    private final ObjectNode header = JSON.createObjectNode();
    private final ObjectNode claims = JSON.createObjectNode();
    private JWK key;
    private JWSAlgorithm algorithm;

    TokenDraft(JWK key, JWSAlgorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
        header.put("alg", algorithm.getName()).put("typ", "at+jwt").put("kid", key.getKeyID());
    }

    /** A claim, written as Jackson writes that value. */
    public TokenDraft with(String name, Object value) {
        claims.set(name, JSON.valueToTree(value));
        return this;
    }

    /** Not that claim. */
    public TokenDraft without(String name) {
        claims.remove(name);
        return this;
    }

    /** A parameter of the header. */
    public TokenDraft head(String name, Object value) {
        header.set(name, JSON.valueToTree(value));
        return this;
    }

    /** Not that parameter. */
    public TokenDraft headless(String name) {
        header.remove(name);
        return this;
    }

    /** Signed by that key so, and the header says it. */
    public TokenDraft by(JWK other, JWSAlgorithm how) {
        signedBy(other, how);
        header.put("alg", how.getName()).put("kid", other.getKeyID());
        return this;
    }

    /** Signed by that key so, whatever the header says. */
    public TokenDraft signedBy(JWK other, JWSAlgorithm how) {
        key = other;
        algorithm = how;
        return this;
    }

    /** The token's text. */
    public String text() {
        return text(header.toString(), claims.toString());
    }

    /** The same with another text of the header. */
    public String textWithHeader(String text) {
        return text(text, claims.toString());
    }

    /** The same with another text of the claims. */
    public String textWithClaims(String text) {
        return text(header.toString(), text);
    }

    /** The claims as they stand. */
    public String claims() {
        return claims.toString();
    }

    /** The header as it stands. */
    public String header() {
        return header.toString();
    }

    private String text(String head, String body) {
        return text(head.getBytes(UTF_8), body.getBytes(UTF_8));
    }

    /** The token of those bytes. */
    public String text(byte[] head, byte[] body) {
        String signed = base64(head) + "." + base64(body);
        return signed + "." + base64(signature(signed.getBytes(US_ASCII)));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] signature(byte[] signed) {
        try {
            if (key instanceof OctetKeyPair pair) {
                return ed25519(pair, signed);
            }
            JWSSigner signer =
                    switch (key) {
                        case ECKey ec -> new ECDSASigner(ec);
                        case RSAKey rsa -> new RSASSASigner(rsa, true);
                        case OctetSequenceKey secret -> new MACSigner(secret);
                        default -> throw new IllegalStateException(key.toString());
                    };
            return signer.sign(new JWSHeader(algorithm), signed).decode();
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ed25519(OctetKeyPair pair, byte[] signed)
            throws GeneralSecurityException {
        byte[] seed = pair.getDecodedD();
        byte[] encoded = Arrays.copyOf(ED25519, ED25519.length + seed.length);
        System.arraycopy(seed, 0, encoded, ED25519.length, seed.length);
        PrivateKey secret =
                KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(secret);
        signature.update(signed);
        return signature.sign();
    }
}
