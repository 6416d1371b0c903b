package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.CommandSpec;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.command.Redactor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the project builds runs as the keeper's user and may be an agent's work. The kernel's walls
 * do not keep it from a socket, so it knocks; the pass beside the socket keeps it out.
 */
class BuildAtTheDoorTest {
    /** Says what the keeper answers to a person's command, with the pass if it can read it. */
    private static final String KNOCK =
            """
            import java.net.*;
            import java.nio.ByteBuffer;
            import java.nio.channels.*;
            import java.nio.file.*;

            public class Knock {
                public static void main(String[] a) throws Exception {
                    String pass;
                    try {
                        pass = Files.readString(Path.of(a[0] + ".pass"));
                    } catch (java.io.IOException e) {
                        pass = "";
                        System.out.println("no pass: " + e.getClass().getSimpleName());
                    }
                    try (var door = SocketChannel.open(UnixDomainSocketAddress.of(a[0]))) {
                        door.write(ByteBuffer.wrap(
                                ("wharf 2\\tcommand\\t" + pass + "\\tstatus\\n").getBytes()));
                        System.out.println(new String(
                                Channels.newInputStream(door).readAllBytes()));
                    }
                }
            }
            """;

    @TempDir Path folder;

    private String knock(ShopProject shop, Confinement confinement) throws Exception {
        var runner = new CommandRunner(confinement, List.of(shop.state()), System.getenv());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var spec =
                new CommandSpec(
                        List.of(java, "Knock.java", shop.state().resolve("wharf.sock").toString()),
                        List.of(),
                        Duration.ofSeconds(60));
        return runner.run(spec, shop.root(), new Redactor(List.of()), () -> false).output();
    }

    @Test
    void whatIsBuiltCannotSpeakAsThePersonWhoseUserItHas() throws Exception {
        ShopProject shop = ShopProject.in(folder);
        shop.write("Knock.java", KNOCK);
        try (var client = StdioClient.start(shop)) {
            assertThat(client.call("shift_status").has("structuredContent")).isTrue();
            while (!Files.exists(shop.state().resolve("wharf.sock"))) {
                Thread.sleep(20);
            }
            assertThat(knock(shop, Confinement.OFF)).contains("\"project\":\"shop\"");
            var runner = new CommandRunner(Confinement.BEST, List.of(), System.getenv());
            assumeTrue(runner.confinement().equals("confined"), "this kernel has no Landlock");
            assertThat(knock(shop, Confinement.BEST))
                    .contains("no pass", "must be able to read its state")
                    .doesNotContain("\"project\"");
        }
    }
}
