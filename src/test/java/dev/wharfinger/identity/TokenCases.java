package dev.wharfinger.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tokens that count and tokens that do not, with the keys that a real issuer publishes. */
final class TokenCases implements AutoCloseable {
    static final String HERE = "https://wharf.example.com/mcp";
    static final long NOW = 1_800_000_000;
    private static final String SIGNATURE = "the token's signature is not the issuer's";
    private static final String NO_KEY = "the issuer has no such key";
    private static final String ALGORITHM = "the token's algorithm is not taken";
    private static final String BASE64 = "Base64";
    private static final JWSAlgorithm ES = JWSAlgorithm.ES256;

    final IssuerFixture issuer = new IssuerFixture();
    final IssuerFixture stranger = new IssuerFixture();
    final ECKey p256 = issuer.rotate("p256");
    private final ECKey p384 = IssuerFixture.ec("p384", Curve.P_384);
    private final RSAKey rsa = rsa("rsa", 2048);
    private final RSAKey shortRsa = rsa("short", 1024);
    private final ECKey encrypting =
            new ECKey.Builder(IssuerFixture.ec("enc", Curve.P_256))
                    .keyUse(KeyUse.ENCRYPTION)
                    .build();
    private final ECKey otherwise =
            new ECKey.Builder(IssuerFixture.ec("other", Curve.P_256))
                    .algorithm(JWSAlgorithm.ES384)
                    .build();
    private final OctetKeyPair ed = ed25519();

    /** A token, and why it does not count; empty where it does. */
    record Case(String name, String token, String why) {
        @Override
        public String toString() {
            return name;
        }
    }

    TokenCases() throws Exception {
        issuer.publish(p256, p384, rsa, shortRsa, encrypting, otherwise, ed);
    }

    @Override
    public void close() {
        issuer.close();
        stranger.close();
    }

    private static RSAKey rsa(String id, int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID(id)
                .build();
    }

    private static OctetKeyPair ed25519() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                .d(Base64URL.encode(seed))
                .keyID("ed")
                .build();
    }

    /** A token that counts, to be changed. */
    TokenDraft draft() {
        return issuer.token(HERE, NOW).by(p256, ES);
    }

    private static Case yes(String name, TokenDraft draft) {
        return new Case(name, draft.text(), "");
    }

    private static Case no(String name, String why, TokenDraft draft) {
        return new Case(name, draft.text(), why);
    }

    private static Case raw(String name, String why, String token) {
        return new Case(name, token, why);
    }

    Stream<Case> all() throws Exception {
        return Stream.of(
                        algorithms(),
                        keysThatDoNotFit(),
                        foreignKeys(),
                        headers(),
                        texts(),
                        json(),
                        audiences(),
                        issuers(),
                        times(),
                        subjectsAndScopes())
                .flatMap(List::stream);
    }

    private List<Case> algorithms() throws Exception {
        byte[] der = rsa.toRSAPublicKey().getEncoded();
        String pem =
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n";
        String jwk = p256.toPublicJWK().toJSONString();
        var pemSecret = new OctetSequenceKey.Builder(pem.getBytes(UTF_8)).keyID("rsa").build();
        var jwkSecret = new OctetSequenceKey.Builder(jwk.getBytes(UTF_8)).keyID("p256").build();
        String[] parts = draft().head("alg", "none").text().split("\\.");
        return List.of(
                yes("ES256", draft()),
                yes("ES384", draft().by(p384, JWSAlgorithm.ES384)),
                yes("RS256", draft().by(rsa, JWSAlgorithm.RS256)),
                yes("PS256", draft().by(rsa, JWSAlgorithm.PS256)),
                yes("EdDSA", draft().by(ed, JWSAlgorithm.EdDSA)),
                no("RS512, not listed", ALGORITHM, draft().by(rsa, JWSAlgorithm.RS512)),
                no("none", ALGORITHM, draft().head("alg", "none")),
                no("None", ALGORITHM, draft().head("alg", "None")),
                no("es256 in small letters", ALGORITHM, draft().head("alg", "es256")),
                no("an algorithm that is a number", ALGORITHM, draft().head("alg", 256)),
                no("no algorithm", ALGORITHM, draft().headless("alg")),
                raw("none without a signature", ALGORITHM, parts[0] + "." + parts[1] + "."),
                no("HS256, key as PEM", ALGORITHM, draft().by(pemSecret, JWSAlgorithm.HS256)),
                no("HS256, key as JWK", ALGORITHM, draft().by(jwkSecret, JWSAlgorithm.HS256)));
    }

    private List<Case> keysThatDoNotFit() {
        JWSAlgorithm rs = JWSAlgorithm.RS256;
        TokenDraft wide = draft().by(p384, JWSAlgorithm.ES384).head("alg", "ES256");
        return List.of(
                no("ES256 by a curve of ES384", SIGNATURE, wide),
                no("ES256 that names an RSA key", SIGNATURE, draft().head("kid", "rsa")),
                no(
                        "RS256 that names an EC key",
                        SIGNATURE,
                        draft().by(rsa, rs).head("kid", "p256")),
                no("PS256 signed as RS256", SIGNATURE, draft().by(rsa, rs).head("alg", "PS256")),
                no("EdDSA that names an EC key", SIGNATURE, draft().head("alg", "EdDSA")),
                no("an RSA key of 1024 bits", SIGNATURE, draft().by(shortRsa, rs)),
                no("a key for encryption", SIGNATURE, draft().by(encrypting, ES)),
                no("a key for another algorithm", SIGNATURE, draft().by(otherwise, ES)));
    }

    private List<Case> foreignKeys() {
        ECKey foreign = IssuerFixture.ec("foreign", Curve.P_256);
        ECKey namesake = IssuerFixture.ec("p256", Curve.P_256);
        stranger.publish(foreign, namesake);
        Map<String, Object> embedded = foreign.toPublicJWK().toJSONObject();
        Map<String, Object> ours = namesake.toPublicJWK().toJSONObject();
        String keys = stranger.issuer() + "/jwks";
        TokenDraft bringing = draft().by(namesake, ES).head("jwk", ours);
        return List.of(
                no("another's key", NO_KEY, draft().by(foreign, ES)),
                no("another's key under our name", SIGNATURE, draft().by(namesake, ES)),
                no("a key in the token", NO_KEY, draft().by(foreign, ES).head("jwk", embedded)),
                no("a key in the token under our name", SIGNATURE, bringing),
                no("keys elsewhere", NO_KEY, draft().by(foreign, ES).head("jku", keys)),
                no("the same", SIGNATURE, draft().by(namesake, ES).head("jku", keys)),
                no("a certificate elsewhere", NO_KEY, draft().by(foreign, ES).head("x5u", keys)),
                yes("the issuer's own, and a place that is not asked", draft().head("jku", keys)),
                yes("the issuer's own, and a certificate's", draft().head("x5u", keys)),
                yes("the issuer's own, and a key that is not used", draft().head("jwk", embedded)));
    }

    private List<Case> headers() {
        String type = "the token's type is neither at+jwt nor JWT";
        String unknown = "the token asks for what this server does not know";
        String unnamed = "the token does not name its key";
        return List.of(
                yes("typ JWT", draft().head("typ", "JWT")),
                yes("typ AT+JWT", draft().head("typ", "AT+JWT")),
                yes("typ application/at+jwt", draft().head("typ", "application/at+jwt")),
                no("typ of a security event", type, draft().head("typ", "secevent+jwt")),
                no("typ of a DPoP proof", type, draft().head("typ", "dpop+jwt")),
                no("typ that is a number", type, draft().head("typ", 1)),
                no("no typ", type, draft().headless("typ")),
                no("crit", unknown, draft().head("crit", List.of("exp"))),
                no("an empty crit", unknown, draft().head("crit", List.of())),
                no("b64", unknown, draft().head("b64", false)),
                no("no kid", unnamed, draft().headless("kid")),
                no("an empty kid", unnamed, draft().head("kid", "")),
                no("a kid that is a number", unnamed, draft().head("kid", 1)),
                no("an unknown kid", NO_KEY, draft().head("kid", "p255")),
                no("a path as kid", NO_KEY, draft().head("kid", "../../dev/null")));
    }

    private List<Case> texts() {
        String good = draft().text();
        String[] parts = good.split("\\.");
        String head = parts[0] + ".";
        String both = head + parts[1] + ".";
        String flipped = (parts[2].startsWith("A") ? "B" : "A") + parts[2].substring(1);
        String zeros = TokenDraft.base64(new byte[64]);
        String header = draft().header().replace("at+jwt", "JWT");
        String claims = draft().claims().replace("anna", "root");
        return List.of(
                yes("almost 8 KiB", draft().with("note", "x".repeat(5700))),
                no("more than 8 KiB", "longer", draft().with("note", "x".repeat(6200))),
                raw("two parts", "no signed JWT", head + parts[1]),
                raw("five parts, as if encrypted", "no signed JWT", good + ".AA.AA"),
                raw("only dots", BASE64, ".."),
                raw("not all of it", SIGNATURE, good.substring(0, good.length() - 20)),
                raw("no Base64 in the header", BASE64, "@@@@." + parts[1] + "." + parts[2]),
                raw("no Base64 in the claims", BASE64, head + "é." + parts[2]),
                raw("no Base64 in the signature", BASE64, both + "*"),
                raw("padding", BASE64, good + "=="),
                raw("a blank at the end", BASE64, good + " "),
                raw("the other alphabet", BASE64, both + "++//"),
                raw("another signature", SIGNATURE, both + flipped),
                raw("a signature of zeros", SIGNATURE, both + zeros),
                raw("an empty signature", BASE64, both),
                raw("another header", SIGNATURE, base64(header) + "." + parts[1] + "." + parts[2]),
                raw("other claims", SIGNATURE, head + base64(claims) + "." + parts[2]));
    }

    private static String base64(String text) {
        return TokenDraft.base64(text.getBytes(UTF_8));
    }

    private List<Case> json() {
        String no = "the token is no JSON object in Base64";
        String header = draft().header();
        String claims = draft().claims();
        String claimed = "{\"sub\":\"berta\"," + claims.substring(1);
        String headed = "{\"alg\":\"none\"," + header.substring(1);
        String deep = "{\"a\":" + "[".repeat(1900) + "]".repeat(1900) + "}";
        byte[] latin = claims.replace("anna", "an\u00e9").getBytes(ISO_8859_1);
        return List.of(
                raw("a claim twice", no, draft().textWithClaims(claimed)),
                raw("a parameter twice", no, draft().textWithHeader(headed)),
                raw("claims that are a list", no, draft().textWithClaims("[]")),
                raw("claims as a list of pairs", no, draft().textWithClaims("[[\"sub\",\"a\"]]")),
                raw("claims that are no JSON", no, draft().textWithClaims("{sub}")),
                raw("claims and more", no, draft().textWithClaims(claims + "{}")),
                raw("claims in another encoding", no, draft().text(header.getBytes(UTF_8), latin)),
                raw("claims too deep", no, draft().textWithClaims(deep)));
    }

    private List<Case> audiences() {
        String no = "the token is for another audience";
        String site = "https://wharf.example.com";
        return List.of(
                yes("one among others", draft().with("aud", List.of("https://a.example", HERE))),
                yes("upper case", draft().with("aud", "HTTPS://WHARF.Example.COM/mcp")),
                no("the path in upper case", no, draft().with("aud", site + "/MCP")),
                no("a slash at the end", no, draft().with("aud", HERE + "/")),
                no("the server without the path", no, draft().with("aud", site)),
                no("another path", no, draft().with("aud", HERE + "2")),
                no("a query", no, draft().with("aud", HERE + "?a=b")),
                no("another scheme", no, draft().with("aud", "http://wharf.example.com/mcp")),
                no("another host", no, draft().with("aud", site + ".evil/mcp")),
                no("a user", no, draft().with("aud", "https://u@wharf.example.com/mcp")),
                no("no address", no, draft().with("aud", "wharf")),
                no("others alone", no, draft().with("aud", List.of("https://a.example"))),
                no("nobody", no, draft().with("aud", List.of())),
                no("no audience", no, draft().without("aud")),
                no("an audience that is a number", "`aud`", draft().with("aud", 7)),
                no("a list with a number", "`aud`", draft().with("aud", List.of(HERE, 7))));
    }

    private List<Case> issuers() {
        String no = "the token is of another issuer";
        return List.of(
                no("another issuer", no, draft().with("iss", stranger.issuer())),
                no("an issuer with a slash", no, draft().with("iss", issuer.issuer() + "/")),
                no("no issuer", no, draft().without("iss")),
                no("a list of issuers", "`iss`", draft().with("iss", List.of(issuer.issuer()))));
    }

    private List<Case> times() {
        String later = "the token does not hold yet";
        String expired = "the token has expired";
        return List.of(
                yes("within the minute after its end", draft().with("exp", NOW - 59)),
                no("a minute after its end", expired, draft().with("exp", NOW - 60)),
                no("a day after its end", expired, draft().with("exp", NOW - 86_400)),
                yes("half a second more", draft().with("exp", NOW - 59.5)),
                no("no end", "no end (exp)", draft().without("exp")),
                no("an end that is text", "`exp`", draft().with("exp", "" + (NOW + 300))),
                no("an end before all time", "`exp`", draft().with("exp", -1)),
                no("an end after all time", "`exp`", draft().with("exp", 1e300)),
                no("an end that is true", "`exp`", draft().with("exp", true)),
                yes("a minute before its begin", draft().with("nbf", NOW + 60)),
                no("more than a minute before", later, draft().with("nbf", NOW + 61)),
                no("a begin that is text", "`nbf`", draft().with("nbf", "now")),
                yes("written a minute from now", draft().with("iat", NOW + 60)),
                no("written later than that", later, draft().with("iat", NOW + 61)),
                yes("no time of writing", draft().without("iat")));
    }

    private List<Case> subjectsAndScopes() {
        return List.of(
                no("no subject", "the token has no subject", draft().without("sub")),
                no("an empty subject", "`sub`", draft().with("sub", "")),
                no("a subject that is a number", "`sub`", draft().with("sub", 7)),
                no("bound to a key", "bound to a key", draft().with("cnf", Map.of("jkt", "x"))),
                no("a scope that is a number", "`scope`", draft().with("scope", 7)),
                no("scopes with a number", "`scp`", draft().with("scp", List.of("a", 7))),
                no("a client that is a list", "`client_id`", draft().with("client_id", List.of())));
    }
}
