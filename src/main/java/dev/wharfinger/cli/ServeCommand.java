package dev.wharfinger.cli;

import dev.wharfinger.console.Console;
import dev.wharfinger.console.Site;
import dev.wharfinger.identity.AccessTokens;
import dev.wharfinger.identity.OauthSettings;
import dev.wharfinger.identity.Peer;
import dev.wharfinger.identity.Token;
import dev.wharfinger.identity.TokenFile;
import dev.wharfinger.journal.JournalRefused;
import dev.wharfinger.server.Admission;
import dev.wharfinger.server.HostRule;
import dev.wharfinger.server.HttpServer;
import dev.wharfinger.server.ServerSettings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * {@code wharf serve}: the keeper of a project for teams: MCP over HTTP with tokens, and the socket
 * to which every other {@code wharf} process of this machine attaches.
 */
@Command(name = "serve", description = "Serves the project over HTTP: MCP at /mcp, with tokens.")
final class ServeCommand implements Callable<ExitCode> {
    @Mixin private PlaceOptions where = new PlaceOptions();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The interface to listen on (${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "7420",
            description = "The port; 0 takes a free one (${DEFAULT-VALUE}).")
    private int port = 7420;

    @Option(
            names = "--read-only",
            description = "Lists and runs no tool that changes files, targets or decisions.")
    private boolean readOnly;

    private final Terminal terminal;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() throws Exception {
        Place place = where.place(terminal);
        ProjectFolder folder = ProjectFolder.open(terminal, place);
        ServerSettings settings = folder.config().server();
        reachable(settings);
        try (KeeperHouse house = KeeperHouse.open(folder)) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::end, "wharf-stop"));
            meet(house.keeper(), ServiceSocket.of(terminal, place));
            return ExitCode.DONE;
        } catch (JournalRefused e) {
            throw Stdio.refused(e);
        } finally {
            stopped.countDown(); // not before all is closed: then the JVM ends, whatever still runs
        }
    }

    private void meet(Keeper keeper, ServiceSocket socket)
            throws IOException, InterruptedException, CommandFailed {
        Peer user = Peer.ofThisProcess();
        keeper.signOnForOthers(user);
        Optional<Door> service = socket.listen(keeper);
        service.ifPresent(door -> terminal.out().println("socket   " + door.path()));
        try {
            serve(keeper, keeper.folder().config().server(), user);
        } finally {
            if (service.isPresent()) {
                service.get().close();
            }
        }
    }

    private void serve(Keeper keeper, ServerSettings settings, Peer user)
            throws IOException, InterruptedException {
        var random = new SecureRandom();
        String secret = Token.secret(random);
        Admission admission = admission(keeper, settings, secret, user);
        var front =
                new HttpServer.Front(
                        host,
                        port,
                        hosts(settings),
                        settings.proxies(),
                        site(keeper, settings, random, admission));
        try (HttpServer server =
                HttpServer.start(
                        front,
                        keeper.protocol(),
                        keeper.answers(),
                        admission,
                        HttpServer.Limits.usual(),
                        random,
                        terminal.clock())) {
            String url = "http://" + (host.contains(":") ? "[" + host + "]" : host);
            terminal.out().println("MCP      " + url + ":" + server.port() + "/mcp");
            String pages = "http://localhost:" + server.port() + "/";
            keeper.tools().decisions().servedAt(URI.create(pages));
            terminal.out().println("pages    " + pages + "  (for people)");
            settings.url().ifPresent(outside -> terminal.out().println("outside  " + outside));
            settings.oauth()
                    .ifPresent(oauth -> terminal.out().println("oauth    " + oauth.issuer()));
            terminal.out().println("token    " + secret + "  (deploy; ends with this process)");
            terminal.out()
                    .println("tokens that last: wharf token create --persona NAME --for PERSON");
            terminal.out().flush();
            told(keeper, settings);
        } finally {
            keeper.drain();
        }
    }

    private Admission admission(Keeper keeper, ServerSettings settings, String secret, Peer user) {
        OauthAdmission.Callers callers =
                (by, persona, client) -> keeper.caller(by, persona.value(), readOnly, client);
        var challenges = new Challenges(OauthPages.address(settings));
        return new TokenAdmission(
                new TokenFile(keeper.folder().state().tokens()),
                TokenAdmission.forThisStart(secret, user.user()),
                terminal.clock(),
                callers,
                challenges,
                settings.oauth().map(oauth -> issuer(oauth, challenges, callers)));
    }

    /** Its keys are fetched already now: the first call would wait for them. */
    private OauthAdmission issuer(
            OauthSettings oauth, Challenges challenges, OauthAdmission.Callers callers) {
        var tokens = new AccessTokens(oauth, terminal.clock());
        Thread.ofVirtual().name("wharf-issuer").start(tokens::prepare);
        return new OauthAdmission(tokens, oauth.person(), challenges, callers);
    }

    /** Until the end: whoever is to be told of what waits for people is told. */
    private void told(Keeper keeper, ServerSettings settings) throws InterruptedException {
        if (settings.webhook().isEmpty()) {
            stop.await();
            return;
        }
        try (var _ =
                Notifier.start(
                        settings.webhook().get(),
                        keeper.folder().config().project(),
                        keeper.tools().decisions(),
                        terminal.clock())) {
            stop.await();
        }
    }

    /** Probes first: they answer whatever else is broken. */
    private Site site(
            Keeper keeper, ServerSettings settings, SecureRandom random, Admission admission) {
        var parts =
                new Console.Parts(
                        keeper.folder().config().project(),
                        settings.url(),
                        keeper.tools().decisions(),
                        keeper.recorder().journal());
        Site oauth =
                settings.oauth()
                        .<Site>map(one -> new OauthPages(one, parts.project()))
                        .orElse(Site.none());
        return new ServePages(keeper)
                .or(oauth)
                .or(new LogPages(keeper.recorder().journal(), admission))
                .or(new Console(parts, random, terminal.clock()));
    }

    /** SIGTERM: no more calls are taken, running deployments end, then the process may. */
    private void end() {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HostRule hosts(ServerSettings settings) {
        HostRule rule = HostRule.loopback();
        if (!isLoopback()) {
            rule = rule.and(host.contains(":") ? "[" + host + "]" : host);
        }
        Optional<String> outside = settings.url().map(URI::getHost);
        return outside.isPresent() ? rule.and(outside.get()) : rule;
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Tokens travel in the clear over plain HTTP: beyond this machine something must encrypt. */
    private void reachable(ServerSettings settings) throws CommandFailed {
        boolean https = settings.url().filter(url -> "https".equals(url.getScheme())).isPresent();
        if (!isLoopback() && (!https || settings.proxies().isEmpty())) {
            throw new CommandFailed(
                    ExitCode.CONFIGURATION,
                    host
                            + " is reached from other machines, and this server speaks plain HTTP:"
                            + " put a TLS proxy before it and name it in wharf.yaml"
                            + " (server: { url: https://…, proxy: [10.0.0.0/8] }), or listen on"
                            + " 127.0.0.1");
        }
    }
}
