package dev.wharfinger.product;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MCP Inspector's command line: each call is a process of its own, with a connection of its own.
 */
record Inspector(ClientHouse house, Path npm, String era, List<String> way)
        implements ForeignShift.Carrier {
    Inspector {
        way = List.copyOf(way);
    }

    /** Its folder; nothing where there is no npm. It wants a newer node than Debian's. */
    static Optional<Path> install() throws IOException, InterruptedException {
        return Npm.with("inspector", "@modelcontextprotocol/inspector@2.12.0", "node@22.23.3");
    }

    @Override
    public JsonNode call(String tool, ObjectNode arguments) throws Exception {
        String json = StdioClient.JSON.writeValueAsString(arguments);
        return said("tools/call", "--tool-name", tool, "--tool-args-json", json).path("result");
    }

    /** The first line that it says, which is the answer; what went wrong follows. */
    JsonNode said(String method, String... more) throws IOException, InterruptedException {
        Path bin = npm.resolve("node_modules");
        var words = new ArrayList<String>();
        words.add(bin.resolve("node/bin/node").toString());
        words.add(bin.resolve(".bin/mcp-inspector").toString());
        words.addAll(List.of("--cli", "--protocol-era", era, "--format", "json"));
        words.addAll(List.of("--method", method));
        words.addAll(List.of(more));
        words.addAll(way);
        String said = house.run(Map.of(), words);
        return said.lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .map(StdioClient.JSON::readTree)
                .orElseThrow(() -> new IOException("Inspector said " + said));
    }
}
