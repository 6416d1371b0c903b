package dev.wharfinger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class DangerousContentTest {
    private static final WorkspacePath FLOW = WorkspacePath.of(".github/workflows/ci.yml");
    private static final WorkspacePath K8S = WorkspacePath.of("k8s/app.yaml");
    private static final String SHA = "8e5e7e5ab8b370d6c329ec480221332ada57f0ab";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on: pull_request_target",
                "on: [push, pull_request_target]",
                "on:\n  pull_request_target:\n    branches: [main]",
                "on: \"pull\\x5frequest_target\"",
                "'on': {\"pull_request_target\": {}}",
                "permissions: write-all",
                "permissions:   'write-all'",
                "permissions:\n    write-all",
                "\"permissions\": !!str write-all",
                "permissions: &x write-all",
                "permissions: >-\n    write-all",
                "{permissions: write-all}",
                "- uses: actions/checkout@v4",
                "- uses: actions/checkout@main",
                "- uses: actions/checkout",
                "- uses: \"acme/deploy@1.0.0\"",
                "- {uses: acme/deploy@v1}",
                "- uses:\n    acme/deploy@v1",
                "- uses: docker://alpine:3.20",
                "- uses: actions/checkout@8e5e7e5",
                "x: \"a\n  #\", uses: acme/deploy@v1",
                "run: echo ${{ github.event.issue.title }}",
                "run: |\n  # ${{ github.event.pull_request.head.ref }}",
                "run: git checkout ${{github.head_ref}}",
            })
    void aWorkflowCanBeDangerous(String text) {
        assertThat(DangerousContent.in(FLOW, text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on: pull_request",
                "on: [push, workflow_dispatch]",
                "permissions:\n  contents: write",
                "permissions: read-all",
                "permissions: {}",
                "- uses: actions/checkout@" + SHA + " # v4.1.1",
                "- uses: ./.github/actions/build",
                "- uses: docker://alpine@sha256:"
                        + "0000000000000000000000000000000000000000000000000000000000000000",
                "run: echo ${{ github.sha }} ${{ github.event.number }}",
                "name: this workflow reuses: nothing",
            })
    void andNeedNotBe(String text) {
        assertThat(DangerousContent.in(FLOW, text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "securityContext: {privileged: true}",
                "securityContext:\n  privileged: yes",
                "\"privileged\": true",
                "privileged: !!bool \"true\"",
                "allowPrivilegeEscalation: true",
                "volumes:\n- name: x\n  hostPath:\n    path: /",
                "hostNetwork: true",
                "hostPID: true",
                "source: /var/run/docker.sock",
                "capabilities:\n  add: [\"SYS_ADMIN\"]",
                "capabilities: {add: [ALL]}",
                "cap_add:\n  - ALL",
                "verbs: [\"*\"]",
                "verbs: ['get', '*']",
                "resources:\n  - pods\n  - '*'",
                "apiGroups:\n- \"*\"",
                "roleRef: {kind: ClusterRole, name: cluster-admin}",
            })
    void aClusterFileCanBeDangerous(String text) {
        assertThat(DangerousContent.in(K8S, text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "privileged: false",
                "allowPrivilegeEscalation: false",
                "capabilities: {drop: [ALL]}",
                "capabilities:\n  drop:\n    - ALL",
                "verbs: [get, list]\nresources: [pods]\napiGroups: ['']",
                "hostNetwork: false",
                "name: host-path-checker",
                "schedule: \"0 * * * *\"",
                "roleRef: {kind: Role, name: cluster-administrator-view}",
            })
    void norNeedThis(String text) {
        assertThat(DangerousContent.in(K8S, text)).isEmpty();
    }

    @Test
    void tellsTheLine() {
        List<DangerousContent.Danger> found =
                DangerousContent.in(FLOW, "on: push\njobs:\n  a:\n    - uses: x/y@v1\n");

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().line()).isEqualTo(4);
        assertThat(found.getFirst().text()).contains("ci.yml:4", "`x/y@v1` is not pinned");
    }

    @Test
    void otherFilesAreNotItsBusiness() {
        assertThat(DangerousContent.in(WorkspacePath.of("docs/a.md"), "privileged: true"))
                .isEmpty();
        assertThat(DangerousContent.in(WorkspacePath.of("k8s/a.yaml"), "uses: a/b@v1")).isEmpty();
        assertThat(DangerousContent.in(WorkspacePath.of("x/action.yml"), "uses: a/b@v1"))
                .isNotEmpty();
        assertThat(
                        DangerousContent.in(
                                WorkspacePath.of(".GitHub/Workflows/a.YAML"), "uses: a/b@v1"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"permissions:", "verbs:\n- a\n", "${{ github.", "add: [", " ", "uses:\n"})
    @Timeout(30)
    void longTextsTakeNoLongTime(String part) {
        String text = part.repeat(200_000 / part.length());

        assertThat(DangerousContent.in(FLOW, text)).isNotNull();
        assertThat(DangerousContent.in(K8S, text)).isNotNull();
    }
}
