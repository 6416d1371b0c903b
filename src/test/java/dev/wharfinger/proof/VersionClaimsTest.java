package dev.wharfinger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class VersionClaimsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uses lodash@4.17.21 now.            | PACKAGE lodash 4.17.21",
                "`@babel/core@^7.24.0`               | PACKAGE @babel/core 7.24.0",
                "react@18                            | PACKAGE react 18",
                "next@15.0.0-rc.1,                   | PACKAGE next 15.0.0-rc.1",
                "left-pad@npm:1.3.0                  | PACKAGE left-pad 1.3.0",
                "org.slf4j:slf4j-api@2.0.20          | PACKAGE org.slf4j:slf4j-api 2.0.20",
                "github.com/pkg/errors@v0.9.1        | PACKAGE github.com/pkg/errors v0.9.1",
                "- uses: actions/checkout@v4         | ACTION actions/checkout v4",
                "- uses: acme/deploy@v1.2.3          | ACTION acme/deploy v1.2.3",
                "image: nginx:1.27-alpine            | IMAGE nginx 1.27-alpine",
                "image: \"ghcr.io/acme/shop:latest\" | IMAGE ghcr.io/acme/shop latest",
                "FROM node:20                        | IMAGE node 20",
                "FROM --platform=linux/amd64 a/b:tag | IMAGE a/b tag",
                "docker pull localhost:5000/shop:7   | IMAGE localhost:5000/shop 7",
                "runs postgres:16.2 there            | IMAGE postgres 16.2",
                "we ship v1.4.0.                     | GIT_TAG  v1.4.0",
                "tag v2.0-rc.1                       | GIT_TAG  v2.0-rc.1",
                "https://x/releases/tag/v1.2.3       | GIT_TAG  v1.2.3",
            })
    void findsAVersion(String text, String expected) {
        List<Claim> claims = VersionClaims.in(text);

        assertThat(claims.stream().map(c -> c.kind() + " " + c.name() + " " + c.version()))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "write to anna@example.com or bob@3com.example",
                "actions/checkout@8e5e7e5ab8b370d6c329ec480221332ada57f0ab",
                "see prompts/deploy.md:18 and src/App.java:120",
                "http://127.0.0.1:8081/healthz at localhost:8080",
                "at 12:30, ratio 3:4, 2026-11-22T10:00:00.123Z",
                "sha256:abcdef",
                "version 1.2.3 of it",
                "git@github.com:acme/shop.git",
                "https://user@10.0.0.1/x",
                "a dev@home",
                "",
            })
    void leavesOtherText(String text) {
        assertThat(VersionClaims.in(text)).isEmpty();
    }

    @Test
    void tellsTheLineAndNamesEachOnceALine() {
        List<Claim> claims = VersionClaims.in("one\na@1.0.0 a@1.0.0\n\nb@2.0.0 v3.0.0\n");

        assertThat(claims)
                .containsExactly(
                        new Claim(Claim.Kind.PACKAGE, "a", "1.0.0", 2),
                        new Claim(Claim.Kind.PACKAGE, "b", "2.0.0", 4),
                        new Claim(Claim.Kind.GIT_TAG, "", "v3.0.0", 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a@", "1.", "v1.", "image:", "a/", "a:1.", "@a/"})
    @Timeout(20)
    void longLinesTakeNoLongTime(String part) {
        assertThat(VersionClaims.in(part.repeat(200_000 / part.length()))).isNotNull();
    }
}
