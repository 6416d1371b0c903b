package dev.wharfinger.cli;

import dev.wharfinger.call.Caller;
import dev.wharfinger.identity.Peer;
import dev.wharfinger.journal.JournalRefused;
import dev.wharfinger.journal.JournalStopped;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.server.Bridge;
import dev.wharfinger.server.Hello;
import dev.wharfinger.server.KeeperLink;

import tools.jackson.databind.json.JsonMapper;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code wharf stdio}: MCP over standard input and output. The first process of a project is its
 * keeper; every later one bridges to it, and becomes the keeper when it ends.
 */
final class Stdio {
    private static final Duration TAKEOVER = Duration.ofSeconds(10);
    private final Terminal terminal;
    private final String persona;
    private final boolean readOnly;
    private final ProjectFolder folder;
    private Optional<KeeperHouse> house = Optional.empty();

    private Stdio(Terminal terminal, ProjectFolder folder, String persona, boolean readOnly) {
        this.terminal = terminal;
        this.folder = folder;
        this.persona = persona;
        this.readOnly = readOnly;
    }

    /** The way of every day: read without picocli, whose classes take longer than the JVM. */
    static ExitCode run(Terminal terminal, List<String> arguments)
            throws IOException, CommandFailed, ConfigError {
        StdioOptions options = StdioOptions.parse(arguments);
        String persona = options.persona().value();
        Personas ours = early(persona);
        Place place = Place.of(terminal, options.root(), options.state());
        return run(terminal, place, ours, persona, options.readOnly());
    }

    /** Serves a client of that persona at this place. */
    static ExitCode run(Terminal terminal, Place place, String persona, boolean readOnly)
            throws IOException, CommandFailed, ConfigError {
        return run(terminal, place, early(persona), persona, readOnly);
    }

    private static ExitCode run(
            Terminal terminal, Place place, Personas ours, String persona, boolean readOnly)
            throws IOException, CommandFailed, ConfigError {
        Optional<Service> service = Service.met(terminal, place);
        if (service.isPresent()) {
            service.get().admits(persona);
            return bridge(terminal, service.get(), Hello.client(persona, readOnly, "stdio"));
        }
        ProjectFolder folder = ProjectFolder.open(terminal, place, ours);
        return new Stdio(terminal, folder, persona, readOnly).run();
    }

    /** Begins what every start needs, whatever else there is to be opened. */
    private static Personas early(String persona) {
        beside("wharf-numbers", Stdio::warmNumbers);
        Personas ours = Personas.builtIn();
        beside("wharf-persona", () -> read(ours, persona));
        return ours;
    }

    /** Does beside everything else what the first answers need. */
    private static Thread beside(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    /** A service keeps this project under a user of its own: nothing is opened here. */
    private static ExitCode bridge(Terminal terminal, Service service, Hello hello)
            throws IOException {
        OutputStream out = claimStdout();
        try {
            new Bridge(
                            service.link(hello),
                            () -> again(service, hello),
                            new JsonMapper(),
                            terminal.in(),
                            out)
                    .run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.DONE;
    }

    /** The service is being started again, or is gone. */
    private static KeeperLink again(Service service, Hello hello) throws IOException {
        long end = System.nanoTime() + TAKEOVER.toNanos();
        while (true) {
            try {
                Service now = Service.at(service.path());
                now.admits(hello.fields().getFirst());
                return now.link(hello);
            } catch (IOException | CommandFailed e) {
                if (System.nanoTime() > end) {
                    throw new IOException(e.getMessage(), e);
                }
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for the service", e);
            }
        }
    }

    /**
     * The JSON library names a {@code BigDecimal}, and the JDK begins that class by multiplying up
     * to 5^65536: 20 ms that nobody waits for here.
     */
    private static void warmNumbers() {
        BigDecimal.ZERO.signum();
    }

    /**
     * Reads the persona beside everything else that must be opened; what fails here fails again.
     */
    private static void read(Personas personas, String name) {
        if (PersonaName.isName(name)) {
            personas.named(new PersonaName(name));
        }
    }

    /** Serves until the client's input ends. */
    private ExitCode run() throws IOException, CommandFailed {
        OutputStream out = claimStdout();
        if (!folder.knows(persona)) {
            throw new CommandFailed(
                    ExitCode.CONFIGURATION, "there is no persona `" + persona + "`");
        }
        try {
            Optional<KeeperLink> other = connect();
            if (other.isPresent()) {
                bridge(other.get(), out);
                return ExitCode.DONE;
            }
            return serve(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        } finally {
            if (house.isPresent()) {
                house.get().close();
            }
        }
    }

    /**
     * Takes standard output for the protocol alone: whatever else prints goes to standard error.
     */
    private static OutputStream claimStdout() {
        System.setOut(System.err);
        return new FileOutputStream(FileDescriptor.out);
    }

    private ExitCode serve(OutputStream out)
            throws IOException, CommandFailed, InterruptedException {
        KeeperHouse keeper;
        try {
            keeper = KeeperHouse.openAhead(folder);
        } catch (JournalRefused e) {
            KeeperLink link = patiently().orElseThrow(() -> refused(e)); // somebody was quicker
            bridge(link, out);
            return ExitCode.DONE;
        }
        house = Optional.of(keeper);
        Thread watch = beside("wharf-verified", () -> watch(keeper));
        beside("wharf-contracts", keeper.keeper()::warm);
        Caller caller =
                keeper.keeper()
                        .caller(peer(), persona, readOnly, "stdio")
                        .orElseThrow(() -> unaccepted(persona));
        keeper.keeper().pipe().serve(terminal.in(), out, caller);
        keeper.leave();
        watch.join(); // whoever kept the journal has signed on before it is closed
        return ExitCode.DONE;
    }

    /** A log that is not what was signed ends the process: nothing was written to it meanwhile. */
    private void watch(KeeperHouse house) {
        try {
            house.joinOpen();
        } catch (IOException e) {
            terminal.err().println("wharf: " + e.getMessage() + ": " + e.getCause());
            Runtime.getRuntime().halt(ExitCode.WORLD.number());
        }
        try {
            house.keeper().joinVerified();
            house.keeper().signOn(peer());
        } catch (JournalRefused e) {
            terminal.err().println("wharf: " + e.found() + "; " + e.remedy());
            Runtime.getRuntime().halt(ExitCode.JOURNAL.number());
        } catch (IOException e) {
            terminal.err().println("wharf: the journal cannot be read: " + e.getMessage());
            Runtime.getRuntime().halt(ExitCode.JOURNAL.number());
        } catch (JournalStopped e) { // reading goes on: each call that would write says the same
            terminal.err().println("wharf: the journal cannot be written: " + e.getMessage());
        }
    }

    private static CommandFailed unaccepted(String persona) {
        return new CommandFailed(
                ExitCode.CONFIGURATION,
                "nobody has accepted the persona `" + persona + "` yet: run `wharf trust`");
    }

    static CommandFailed refused(JournalRefused e) {
        return new CommandFailed(ExitCode.JOURNAL, e.found() + "; " + e.remedy());
    }

    private Peer peer() {
        return Peer.ofThisProcess();
    }

    private void bridge(KeeperLink link, OutputStream out)
            throws IOException, InterruptedException {
        new Bridge(link, this::takeOver, new JsonMapper(), terminal.in(), out).run();
    }

    private Hello hello() {
        return Hello.client(persona, readOnly, "stdio");
    }

    private Optional<KeeperLink> connect() {
        try {
            Path socket = folder.state().socket();
            return java.nio.file.Files.exists(socket)
                    ? Optional.of(KeeperLink.open(socket, hello()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // a socket that nobody listens on: its keeper is gone
        }
    }

    private Optional<KeeperLink> patiently() throws InterruptedException {
        long end = System.nanoTime() + TAKEOVER.toNanos();
        while (System.nanoTime() < end) {
            Optional<KeeperLink> link = connect();
            if (link.isPresent()) {
                return link;
            }
            Thread.sleep(50);
        }
        return Optional.empty();
    }

    /** The keeper has ended: whoever gets the lock is the next one, and everybody links to it. */
    private KeeperLink takeOver() throws IOException {
        long end = System.nanoTime() + TAKEOVER.toNanos();
        while (true) {
            Optional<KeeperLink> link = connect();
            if (link.isPresent()) {
                return link.get();
            }
            try {
                house = Optional.of(KeeperHouse.open(folder));
            } catch (JournalRefused e) {
                if (System.nanoTime() > end) {
                    throw new IOException(e.found() + "; " + e.remedy(), e);
                }
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while taking over", e);
            }
        }
    }
}
