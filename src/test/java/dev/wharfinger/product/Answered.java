package dev.wharfinger.product;

import tools.jackson.databind.JsonNode;

/** A call that the server has answered with anything but a refusal: from then on it is a fact. */
record Answered(String persona, String shift, String tool, JsonNode arguments, JsonNode result) {}
