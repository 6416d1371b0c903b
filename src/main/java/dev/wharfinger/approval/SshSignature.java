package dev.wharfinger.approval;

import java.util.Base64;
import java.util.Optional;

/**
 * An armored SSH signature (PROTOCOL.sshsig), taken apart and not yet believed.
 *
 * @param key the public key that is said to have signed, as on the wire
 */
public record SshSignature(
        String armored, byte[] key, String namespace, String hash, byte[] signature) {
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    private static final int LONGEST = 16 << 10;

    /**
     * The parts of a signature.
     *
     * @throws IllegalArgumentException where this is none
     */
    public static SshSignature parse(String armored) {
        String text = armored.strip();
        if (text.length() > LONGEST || !text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new IllegalArgumentException("no armored SSH signature");
        }
        String body = text.substring(BEGIN.length(), text.length() - END.length());
        var wire = new SshWire(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
        boolean magic =
                new String(wire.raw(6), java.nio.charset.StandardCharsets.US_ASCII)
                        .equals("SSHSIG");
        if (!magic || wire.number() != 1) {
            throw new IllegalArgumentException("no SSH signature of version 1");
        }
        byte[] key = wire.bytes();
        String namespace = wire.text();
        wire.bytes(); // reserved
        String hash = wire.text();
        byte[] signature = wire.bytes();
        wire.end();
        return new SshSignature(text + "\n", key, namespace, hash, signature);
    }

    /** At which page a browser made it, as it says itself; nothing where no browser did. */
    public Optional<String> page() {
        var wire = new SshWire(signature);
        if (!wire.text().equals(SshKey.WEBAUTHN)) {
            return Optional.empty();
        }
        wire.bytes(); // what the key made
        wire.octet(); // its flags
        wire.number(); // how often it was touched
        return Optional.of(wire.text());
    }

    /** The same parts as one armored text. */
    static String armored(byte[] key, String namespace, String hash, byte[] signature) {
        byte[] all =
                SshWire.joined(
                        SshWire.ascii("SSHSIG"),
                        new byte[] {0, 0, 0, 1},
                        SshWire.strings(
                                key,
                                SshWire.ascii(namespace),
                                new byte[0],
                                SshWire.ascii(hash),
                                signature));
        String body = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(all);
        return BEGIN + "\n" + body + "\n" + END + "\n";
    }
}
