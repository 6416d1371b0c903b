package dev.wharfinger.bench;

import dev.wharfinger.cli.DemoPicture;
import dev.wharfinger.journal.JournalBench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code wharf bench}: figures of this machine. {@code journal} appends durably with 1, 16 and 64
 * writers; {@code cold} starts {@code wharf stdio} up to the answer of the first {@code read_plan},
 * in turn with every further command given as {@code NAME=COMMAND}, and prints ratios to the first
 * of those; {@code picture} draws the README's picture. Quote ratios of one run: single figures
 * move from run to run.
 */
public final class Bench {
    private static final int RUNS = 7;
    private static final List<String> CALLS =
            List.of(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}",
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"read_plan\",\"arguments\":{}}}");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "journal" -> journal();
            case "picture" -> DemoPicture.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            case "cold" -> cold(Arrays.asList(arguments).subList(1, arguments.length));
            default -> {
                System.err.println(
                        "usage: wharf bench journal | cold [NAME=COMMAND ...] | picture [FILE]");
                System.exit(2);
            }
        }
    }

    private static void journal() throws Exception {
        for (String writers : List.of("1", "16", "64")) {
            Path folder = Files.createTempDirectory("wharf-bench-");
            JournalBench.main(new String[] {folder.toString(), "5", writers});
        }
    }

    private static void cold(List<String> others) throws Exception {
        Path folder = Files.createTempDirectory("wharf-bench-");
        Files.writeString(folder.resolve("PLAN.md"), "# Plan\n\n- [ ] Step 1: measure\n");
        Path state = Files.createTempDirectory("wharf-bench-state-");
        var names = new ArrayList<>(List.of("wharf"));
        var commands = new ArrayList<List<String>>();
        String wharf = Path.of(System.getProperty("wharf.home", "."), "wharf").toString();
        commands.add(
                List.of(wharf, "stdio", "--root", folder.toString(), "--state", state.toString()));
        for (String other : others) {
            names.add(other.substring(0, other.indexOf('=')));
            commands.add(List.of(other.substring(other.indexOf('=') + 1).split(" ")));
        }
        var millis = new double[commands.size()][RUNS];
        for (int run = -1; run < RUNS; run++) { // the first round warms the page cache
            for (int i = 0; i < commands.size(); i++) {
                double took = once(commands.get(i));
                if (run >= 0) {
                    millis[i][run] = took;
                }
            }
        }
        double base = median(millis[commands.size() > 1 ? 1 : 0]);
        for (int i = 0; i < commands.size(); i++) {
            double m = median(millis[i]);
            System.out.printf(
                    "%-12s %6.0f ms to read_plan, ratio %.2f%n", names.get(i), m, m / base);
        }
    }

    private static double once(List<String> command) throws IOException, InterruptedException {
        long started = System.nanoTime();
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var bytes = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        try (var answers = new BufferedReader(bytes)) {
            for (String call : CALLS) {
                process.getOutputStream().write((call + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
                if (call.contains("\"id\"") && answers.readLine() == null) {
                    throw new IOException(command + " ended before it answered");
                }
            }
            double took = (System.nanoTime() - started) / 1e6;
            process.getOutputStream().close();
            process.waitFor();
            return took;
        }
    }

    private static double median(double[] values) {
        return Stream.of(values)
                .flatMapToDouble(Arrays::stream)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElse(0);
    }
}
