/**
 * The fixtures of the official MCP conformance suite, served over HTTP; never part of a release.
 */
@NullMarked
package dev.wharfinger.conformance;

import org.jspecify.annotations.NullMarked;
