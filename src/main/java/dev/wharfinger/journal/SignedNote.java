package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A <a href="https://c2sp.org/signed-note">C2SP signed note</a>: a text and the lines that sign it.
 * {@code body} ends with the line feed that every signature covers.
 */
public record SignedNote(String body, List<Line> signatures) {
    private static final int MAX_SIGNATURES = 64;
    private static final String DASH = "\u2014 ";

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /** One signature line: who signed, with which key, and the bytes of the signature in Base64. */
    public record Line(String name, int keyId, String signature) {
        byte[] signatureBytes() {
            return Base64.getDecoder().decode(signature);
        }
    }

    /**
     * The note in this text.
     *
     * @throws NoteUnreadable when it has a control character, no body, no signature or a broken one
     */
    public static SignedNote parse(String text) throws NoteUnreadable {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 0x20 && c != '\n') || c == 0xFFFD) {
                throw new NoteUnreadable("a note is UTF-8 without control characters");
            }
        }
        int split = text.lastIndexOf("\n\n");
        if (split < 0 || !text.endsWith("\n")) {
            throw new NoteUnreadable("a note is a text, an empty line, and signature lines");
        }
        var lines = new ArrayList<Line>();
        for (String line : text.substring(split + 2).lines().toList()) {
            lines.add(line(line));
        }
        if (lines.isEmpty() || lines.size() > MAX_SIGNATURES) {
            throw new NoteUnreadable("a note has 1 to " + MAX_SIGNATURES + " signatures");
        }
        return new SignedNote(text.substring(0, split + 1), lines);
    }

    /**
     * Whether this key signed the note. Signatures by other keys are ignored.
     *
     * @throws NoteUnreadable when this key's line is there and its signature is wrong
     */
    public boolean isSignedBy(NoteVerifier key) throws NoteUnreadable {
        boolean signed = false;
        for (Line line : signatures) {
            if (line.keyId == key.keyId() && line.name.equals(key.name())) {
                if (!key.verifies(body.getBytes(UTF_8), line.signatureBytes())) {
                    throw new NoteUnreadable("the signature of " + key.name() + " is wrong");
                }
                signed = true;
            }
        }
        return signed;
    }

    private static Line line(String line) throws NoteUnreadable {
        int blank = line.indexOf(' ', DASH.length());
        if (!line.startsWith(DASH) || blank < 0) {
            throw new NoteUnreadable("a signature line is an em dash, a name and Base64");
        }
        String name = line.substring(DASH.length(), blank);
        try {
            String base64 = line.substring(blank + 1);
            byte[] value = Base64.getDecoder().decode(base64);
            if (!Base64.getEncoder().encodeToString(value).equals(base64)) {
                throw new NoteUnreadable("a signature line has unused bits set"); // one text a note
            }
            if (value.length < 5 || !NoteVerifier.isName(name)) {
                throw new NoteUnreadable("a signature line names its key: " + line);
            }
            int id = java.nio.ByteBuffer.wrap(value).getInt();
            byte[] signature = java.util.Arrays.copyOfRange(value, 4, value.length);
            return new Line(name, id, Base64.getEncoder().encodeToString(signature));
        } catch (IllegalArgumentException e) {
            throw new NoteUnreadable("a signature is Base64: " + e.getMessage());
        }
    }
}
