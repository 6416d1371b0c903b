package dev.wharfinger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

class SignedNoteTest {
    /** The example of c2sp.org/signed-note. */
    private static final String SPEC_VKEY =
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String SPEC_NOTE =
            "This is an example message.\n\n"
                + "\u2014 example.com/foo"
                + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    /** The example of Go's golang.org/x/mod/sumdb/note, with its private key. */
    private static final String GO_KEYS =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n"
                    + "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n";

    private static final String GO_TEXT =
            "If you think cryptography is the answer to your problem,\n"
                    + "then you don't know what your problem is.\n";

    private static final String GO_NOTE =
            GO_TEXT
                    + "\n"
                    + "\u2014 PeterNeumann"
                    + " x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    @TempDir Path folder;

    @Test
    void theSpecificationsExampleVerifies() throws Exception {
        NoteVerifier key = NoteVerifier.parse(SPEC_VKEY);
        assertThat(key.keyId()).isEqualTo(0x530d903a);
        assertThat(key.vkey()).isEqualTo(SPEC_VKEY);
        assertThat(SignedNote.parse(SPEC_NOTE).isSignedBy(key)).isTrue();
    }

    @Test
    void signsByteForByteAsGoDoes() throws Exception {
        NoteSigner key = NoteSigner.parse(GO_KEYS);
        assertThat(key.text()).isEqualTo(GO_KEYS);
        assertThat(key.sign(GO_TEXT)).isEqualTo(GO_NOTE);
    }

    @Test
    void aChangedTextDoesNotVerify() throws Exception {
        NoteVerifier key = NoteVerifier.parse(SPEC_VKEY);
        SignedNote changed = SignedNote.parse(SPEC_NOTE.replace("This", "That"));
        assertThatThrownBy(() -> changed.isSignedBy(key)).isInstanceOf(NoteUnreadable.class);
    }

    @Test
    void unknownSignaturesAreIgnoredAndAWrongOneOfAKnownKeyIsNot() throws Exception {
        NoteVerifier spec = NoteVerifier.parse(SPEC_VKEY);
        String mark = "\u2014 stranger AAAAAAAAAAA=\n";
        String many = SPEC_NOTE + mark.repeat(20);
        assertThat(SignedNote.parse(many).isSignedBy(spec)).isTrue();
        assertThat(SignedNote.parse(GO_NOTE).isSignedBy(spec)).isFalse();
        String forged =
                "\u2014 example.com/foo "
                        + Base64.getEncoder()
                                .encodeToString(
                                        HexFormat.of().parseHex("530d903a" + "00".repeat(64)))
                        + "\n";
        assertThatThrownBy(() -> SignedNote.parse(SPEC_NOTE + forged).isSignedBy(spec))
                .isInstanceOf(NoteUnreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "x\n",
                "x\n\n",
                "x\n\n\u2014 a\n",
                "x\n\n- a AAAAAAAAAAA=\n",
                "x\n\n\u2014 a AAAAAAAAAAA=",
                "x\n\n\u2014 a AAAAAA==\n",
                "x\n\n\u2014 a+b AAAAAAAAAAA=\n",
                "x\n\n\u2014 a !!!!\n",
                "x\r\n\n\u2014 a AAAAAAAAAAA=\n",
                "x\u0000\n\n\u2014 a AAAAAAAAAAA=\n",
                "x\ufffd\n\n\u2014 a AAAAAAAAAAA=\n"
            })
    void whatIsNotANoteIsNotRead(String text) {
        assertThatThrownBy(() -> SignedNote.parse(text)).isInstanceOf(NoteUnreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/foo",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fo o+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
            })
    void whatIsNotAVkeyIsNotRead(String text) {
        assertThatThrownBy(() -> NoteVerifier.parse(text)).isInstanceOf(NoteUnreadable.class);
    }

    @Test
    void aCheckpointIsThreeLinesUnderASignature() throws Exception {
        NoteSigner key = NoteSigner.generate("example.com/journal/shop", new SecureRandom());
        Digest root = Digest.ofLeaf("x".getBytes(UTF_8));
        String body = Checkpoint.body("example.com/journal/shop", 1, root);
        assertThat(body).isEqualTo("example.com/journal/shop\n1\n" + root.base64() + "\n");
        Checkpoint read = Checkpoint.parse(key.sign(body));
        assertThat(read.origin()).isEqualTo("example.com/journal/shop");
        assertThat(read.size()).isEqualTo(1);
        assertThat(read.root()).isEqualTo(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "-1", "", "1 ", "9999999999999999999"})
    void aCheckpointsSizeIsAPlainNumber(String size) {
        String root = Digest.EMPTY_ROOT.base64();
        assertThatThrownBy(() ->
                        Checkpoint.parse(
                                "o\n" + size + "\n" + root + "\n\n\u2014 o AAAAAAAAAAA=\n"))
                .isInstanceOf(NoteUnreadable.class);
    }

    @Test
    void opensslAcceptsOurSignatureAndRefusesAChangedText() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/openssl"))).isTrue();
        String origin = "example.com/journal/shop";
        NoteSigner key = NoteSigner.generate(origin, new SecureRandom());
        String note = key.sign(Checkpoint.body(origin, 0, Digest.EMPTY_ROOT));
        Path body = folder.resolve("body");
        Files.writeString(body, note.substring(0, note.lastIndexOf("\n\n") + 1));
        String line = note.substring(note.lastIndexOf(' ') + 1).strip();
        byte[] value = Base64.getDecoder().decode(line);
        Files.write(folder.resolve("sig"), java.util.Arrays.copyOfRange(value, 4, 68));
        String vkey = key.verifier().vkey();
        byte[] typed = Base64.getDecoder().decode(vkey.split("\\+", 3)[2]);
        byte[] der =
                HexFormat.of()
                        .parseHex(
                                "302a300506032b6570032100"
                                        + HexFormat.of().formatHex(typed, 1, 33));
        Files.write(folder.resolve("pub.der"), der);
        assertThat(openssl()).isZero();
        Files.writeString(body, Files.readString(body).replace("\n0\n", "\n1\n"));
        assertThat(openssl()).isNotZero();
    }

    private int openssl() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                "/usr/bin/openssl",
                                "pkeyutl",
                                "-verify",
                                "-pubin",
                                "-keyform",
                                "DER",
                                "-inkey",
                                "pub.der",
                                "-rawin",
                                "-in",
                                "body",
                                "-sigfile",
                                "sig")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
