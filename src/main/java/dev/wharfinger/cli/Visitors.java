package dev.wharfinger.cli;

import dev.wharfinger.call.Caller;
import dev.wharfinger.identity.DoorPass;
import dev.wharfinger.identity.Peer;
import dev.wharfinger.identity.Token;
import dev.wharfinger.identity.TokenFile;
import dev.wharfinger.server.Hello;
import dev.wharfinger.server.KeeperSocket;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a keeper does with those who come to its sockets, by who the kernel says they are. Its own
 * user, who shows the pass, and root may be every persona and give every command. Other users may
 * be the personas for which they have a token, look at what waits, and deliver signatures.
 */
record Visitors(Keeper keeper, Peer self, DoorPass pass, TokenFile tokens)
        implements KeeperSocket.Reception {
    private static final Set<String> HEARD =
            Set.of("about", "status", "pending", "card", "to-sign", "decide");

    static Visitors of(Keeper keeper, DoorPass pass) {
        var tokens = new TokenFile(keeper.folder().state().tokens());
        return new Visitors(keeper, Peer.ofThisProcess(), pass, tokens);
    }

    @Override
    public void client(Peer peer, Hello hello, InputStream in, OutputStream out)
            throws IOException {
        String persona = hello.fields().getFirst();
        boolean readOnly = hello.fields().size() > 1 && hello.fields().get(1).equals("ro");
        if (isTrusted(peer)) {
            Optional<Caller> caller = keeper.caller(peer, persona, readOnly, "stdio");
            if (caller.isPresent() && shows(peer, hello)) {
                keeper.pipe().serve(in, out, caller.get());
            }
            return;
        }
        Optional<Token> token = token(peer, persona);
        if (token.isPresent()) {
            Optional<Caller> caller =
                    keeper.caller(token.get().principal(), persona, readOnly, "stdio");
            if (caller.isPresent()) {
                keeper.pipe().serve(new WhileAllowed(in, this, peer, persona), out, caller.get());
            }
        }
    }

    @Override
    public String command(Peer peer, Hello hello) {
        String command = hello.fields().getFirst();
        if (!isTrusted(peer) && !HEARD.contains(command)) {
            return no(
                    "`"
                            + command
                            + "` is for the user that the server runs as: run it as "
                            + self.user());
        }
        if (!shows(peer, hello)) {
            return no("whoever comes as the server's own user must be able to read its state");
        }
        return command.equals("about")
                ? about(peer)
                : new KeeperCommands(keeper).answer(peer, hello.fields());
    }

    private boolean isTrusted(Peer peer) {
        return peer.equals(self) || peer.isRoot();
    }

    private boolean shows(Peer peer, Hello hello) {
        return !peer.equals(self) || pass.is(hello.pass());
    }

    /** What lets this user be that persona now. */
    private Optional<Token> token(Peer peer, String persona) throws IOException {
        return held(peer).stream()
                .filter(token -> token.persona().value().equals(persona))
                .findFirst();
    }

    private List<Token> held(Peer peer) throws IOException {
        var now = keeper.folder().terminal().clock().instant();
        return tokens.of(peer).stream().filter(token -> token.holds(now)).toList();
    }

    /** What a process of this user must know of the server before it asks for more. */
    private String about(Peer peer) {
        ObjectNode node = new JsonMapper().createObjectNode();
        ObjectNode data = node.putObject("data");
        data.put("user", self.user()).put("any", isTrusted(peer));
        var personas = data.putArray("personas");
        try {
            held(peer).forEach(token -> personas.add(token.persona().value()));
        } catch (IOException e) {
            return no("the tokens cannot be read: " + e.getMessage());
        }
        if (isTrusted(peer)) {
            data.put("state", keeper.folder().state().path().toString());
        }
        List<String> why = keeper.walls().why(peer.principal());
        data.put("enforcement", Enforcement.word(why));
        why.forEach(data.putArray("why")::add);
        return node.put("exit", 0).put("text", "").toString();
    }

    private static String no(String text) {
        return new JsonMapper()
                .createObjectNode()
                .put("exit", ExitCode.NO.number())
                .put("text", text)
                .toString();
    }

    /** What a client says for as long as its user has the token; then it is the end. */
    private static final class WhileAllowed extends InputStream {
        private final InputStream in;
        private final Visitors visitors;
        private final Peer peer;
        private final String persona;

        WhileAllowed(InputStream in, Visitors visitors, Peer peer, String persona) {
            this.in = in;
            this.visitors = visitors;
            this.peer = peer;
            this.persona = persona;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            return visitors.token(peer, persona).isPresent() ? next : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            return visitors.token(peer, persona).isPresent() ? count : -1;
        }
    }
}
