package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/**
 * A whole shift to staging through somebody else's client: one call that is refused, then what each
 * answer, the refusal included, says is next, to the handoff.
 */
final class ForeignShift {
    private static final int MOST_CALLS = 30;
    private final Carrier carrier;
    private final boolean named;
    private final List<String> tools = new ArrayList<>();
    private String shift = "";

    /** Carries one call, and gives back the tool's result as the client hands it to its agent. */
    interface Carrier {
        JsonNode call(String tool, ObjectNode arguments) throws Exception;
    }

    private ForeignShift(Carrier carrier, boolean named) {
        this.carrier = carrier;
        this.named = named;
    }

    /**
     * Works it; {@code named} hands the shift's id over with each call, as a client without memory
     * does.
     */
    static List<String> work(Carrier carrier, boolean named) throws Exception {
        var work = new ForeignShift(carrier, named);
        JsonNode last = work.begin();
        while (last.path("next").has(0)) {
            assertThat(work.tools).hasSizeLessThan(MOST_CALLS);
            JsonNode next = last.path("next").path(0);
            last = work.call(next.path("tool").asString(), (ObjectNode) next.path("arguments"));
        }
        assertThat(last.path("outcome").asString("")).as("%s", last).isEqualTo("shipped-staging");
        assertThat(work.tools).contains("plan_deploy", "deploy").endsWith("write_handoff");
        return work.tools;
    }

    private JsonNode begin() throws Exception {
        JsonNode begun = call("begin_shift", node().put("request", "Ship 1.0.0"));
        shift = begun.path("shift").asString("");
        assertThat(shift).startsWith("s_");
        JsonNode refused = call("deploy", node().put("plan", "p_none"));
        assertThat(refused.path("rule").asString("")).isEqualTo("deploy.no-plan");
        return refused;
    }

    /** The structured answer, or the first refusal in it. */
    private JsonNode call(String tool, ObjectNode arguments) throws Exception {
        tools.add(tool);
        ObjectNode whole = arguments.deepCopy();
        if (named && !shift.isEmpty()) {
            whole.put("shift", shift);
        }
        JsonNode result = carrier.call(tool, whole);
        JsonNode content = result.path("structuredContent");
        assertThat(content.isObject()).as("%s", result).isTrue();
        JsonNode refused = content.path("refused").path(0);
        assertThat(result.path("isError").asBoolean(false)).isEqualTo(!refused.isMissingNode());
        return refused.isMissingNode() ? content : refused;
    }

    private static ObjectNode node() {
        return StdioClient.JSON.createObjectNode();
    }
}
