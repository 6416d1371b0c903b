package dev.wharfinger.product;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A call that an agent makes beside the way that the answers lead it.
 *
 * @param word stands in what is written, and nowhere else
 * @param late whether it comes before the handoff, and not before the work
 */
record Extra(String tool, ObjectNode arguments, String word, boolean late) {
    static final String FILE = "tests/Case%s.txt";

    /** What an agent of that persona does on the side. */
    static List<Extra> of(String persona, Random random) {
        var extras = new ArrayList<Extra>();
        extras.add(note("session", random, false));
        if (persona.equals("test")) {
            String word = word(random);
            ObjectNode file =
                    StdioClient.JSON
                            .createObjectNode()
                            .put("path", FILE.formatted(word))
                            .put("content", "case " + word + "\n");
            extras.add(new Extra("write_file", file, word, false));
            ObjectNode commit =
                    StdioClient.JSON.createObjectNode().put("message", "case " + word(random));
            commit.putArray("paths").add(FILE.formatted(word));
            extras.add(new Extra("commit_work", commit, "", false));
        }
        extras.add(note(persona.equals("security") ? "bug" : "issue", random, true));
        extras.add(note("memory", random, true));
        return extras;
    }

    private static Extra note(String kind, Random random, boolean late) {
        String word = word(random);
        ObjectNode arguments =
                StdioClient.JSON
                        .createObjectNode()
                        .put("kind", kind)
                        .put("text", "The " + kind + " is called " + word + " by everybody.");
        return new Extra("record_note", arguments, word, late);
    }

    private static String word(Random random) {
        var word = new StringBuilder("Q");
        for (int i = 0; i < 9; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
