package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wharfinger.persona.PersonaName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

class StdioOptionsTest {
    @Test
    void withoutArgumentsItIsTheDeployPersonaHere() throws Exception {
        assertThat(StdioOptions.parse(List.of()))
                .isEqualTo(
                        new StdioOptions(
                                Optional.empty(),
                                Optional.empty(),
                                new PersonaName("deploy"),
                                false));
    }

    @Test
    void valuesFollowASpaceOrAnEqualsSign() throws Exception {
        var options =
                StdioOptions.parse(
                        List.of(
                                "--root=/a=b c",
                                "--persona",
                                "test",
                                "--state",
                                "/s",
                                "--read-only"));
        assertThat(options)
                .isEqualTo(
                        new StdioOptions(
                                Optional.of("/a=b c"),
                                Optional.of("/s"),
                                new PersonaName("test"),
                                true));
    }

    @ParameterizedTest
    @CsvSource({
        "--readonly, 'did you mean `--read-only`?'",
        "--read-only=false, unknown argument",
        "--persona, needs a value",
        "--persona=Deploy!, no persona has the name `Deploy!`",
        "deploy, unknown argument `deploy`",
    })
    void anythingElseIsWrongUsage(String argument, String words) {
        var failed =
                catchThrowableOfType(
                        CommandFailed.class, () -> StdioOptions.parse(List.of(argument)));
        assertThat(failed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(failed).hasMessageContaining(words).hasMessageContaining("Usage: wharf stdio");
    }
}
