package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharfinger.cli.ClientsPage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The real programs of the clients, each in a home of its own, look at this server themselves: with
 * the file that {@code wharf init} wrote, and with the entry for HTTP that docs/clients.md shows.
 */
@EnabledIfSystemProperty(named = RealClient.OPTION, matches = "all")
class ClientHealthTest {
    @TempDir Path folder;
    private Optional<ClientHouse> made = Optional.empty();

    @BeforeEach
    void makeTheHouse() throws Exception {
        made = Optional.of(ClientHouse.in(folder));
    }

    @AfterEach
    void close() {
        made.ifPresent(ClientHouse::close);
    }

    private ClientHouse house() {
        return made.orElseThrow();
    }

    private static String program(RealClient client) throws Exception {
        Optional<Path> npm = client.install();
        assumeTrue(npm.isPresent(), "there is no npm");
        return npm.orElseThrow().toString();
    }

    @ParameterizedTest
    @EnumSource(RealClient.class)
    void withTheFileThatInitWroteItConnectsOnceItsUserTrustsTheFolder(RealClient client)
            throws Exception {
        String program = program(client);
        house().init(client.word());
        if (client.asksFirst()) {
            assertThat(client.look(house(), program, Map.of()))
                    .doesNotContain(RealClient.CONNECTED);
        }
        client.trust(house());
        String said = client.look(house(), program, Map.of());
        System.out.println(client.word() + " over stdio: " + said.strip());
        assertThat(said).contains(RealClient.CONNECTED);
    }

    @ParameterizedTest
    @EnumSource(RealClient.class)
    void overHttpItConnectsWithTheTokenAndNotWithAnother(RealClient client) throws Exception {
        String program = program(client);
        try (var served = ServedShop.start(house().shop())) {
            house().write(
                            house().shop().root().resolve(ClientsPage.file(client.word())),
                            ClientsPage.http(client.word(), served.mcp().toString()));
            client.trust(house());
            String wrong = client.look(house(), program, Map.of("WHARF_TOKEN", "wharf_wrong"));
            assertThat(wrong).doesNotContain(RealClient.CONNECTED);
            String said = client.look(house(), program, Map.of("WHARF_TOKEN", served.token()));
            System.out.println(client.word() + " over HTTP: " + said.strip());
            assertThat(said).contains(RealClient.CONNECTED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RealClient.class,
            names = {"CLAUDE", "GEMINI", "CODEX"})
    void theEntryThatTheClientWritesByItselfStartsTheSame(RealClient client) throws Exception {
        String program = program(client);
        house().init(client.word());
        JsonNode ours = client.entry(house(), client.file(house()));
        house().wharf("init", "--client", client.word(), "--remove");
        String said = house().run(Map.of(), client.adding(program, house().server()));
        JsonNode theirs = client.entry(house(), client.ownFile(house()));
        assertThat(theirs.path("command")).as(said).isEqualTo(ours.path("command"));
        assertThat(theirs.path("args")).as(said).isEqualTo(ours.path("args"));
        assertThat(theirs.path("type").asString("stdio")).isEqualTo("stdio");
    }
}
