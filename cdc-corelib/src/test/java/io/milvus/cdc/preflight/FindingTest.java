package io.milvus.cdc.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.milvus.MilvusVersion;
import io.milvus.cdc.internal.preflight.Findings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingTest {
  @Test
  void aFailureIsAFindingWithItsCure() {
    Finding finding =
        Finding.of(
            new ConfigException(
                "etcd at http://10.0.0.1:2379 is version 3.5. not more.",
                "Upgrade it. Then go on."));

    assertThat(finding.what()).isEqualTo("etcd at http://10.0.0.1:2379 is version 3.5. not more.");
    assertThat(finding.cure()).isEqualTo("Upgrade it. Then go on.");
    assertThat(finding.isBlocking()).isTrue();
    assertThat(finding).hasToString("BLOCKING: " + finding.message());
  }

  @Test
  void aStepThatFailsIsAFindingAndTheNextOneIsDone() throws Exception {
    Findings findings = new Findings();
    boolean done =
        findings.attempt(
            () -> {
              throw new ConfigException("It is broken.", "Mend it.");
            });
    findings.attempt(() -> findings.add(Finding.note("All is well.", "")));
    findings.add(Finding.blocking("It is broken.", "Mend it."));

    assertThat(done).isFalse();
    assertThat(findings.all())
        .extracting(Finding::message)
        .containsExactly("It is broken. Mend it.", "All is well.");
  }

  @ParameterizedTest
  @CsvSource({
    "2.3.5,", "v2.3.21,", "2.4.0,WARNING", "v2.5.15-dev,WARNING",
    "2.2.16,BLOCKING", "2.6.1,BLOCKING", "3.0.0,BLOCKING", "a1b2c3d,WARNING"
  })
  void versionsAreJudged(String version, Finding.@Nullable Severity expected) {
    assertThat(MilvusVersion.judge("The source", version).map(Finding::severity).orElse(null))
        .isEqualTo(expected);
  }

  @Test
  void anEmptyVersionIsNoneAndNotAnUnknownOne() {
    assertThat(MilvusVersion.judgeStandby("The target", ""))
        .hasValueSatisfying(
            finding -> assertThat(finding.what()).isEqualTo("The target reports no version."));
  }

  @ParameterizedTest
  @CsvSource({
    "2.3.5,",
    "2.5.15,WARNING",
    "2.2.16,BLOCKING",
    "2.6.1,WARNING",
    "3.0.0,WARNING",
    "a1b2,WARNING"
  })
  void anyFrom23OnTakesOrdinaryRequests(String version, Finding.@Nullable Severity expected) {
    assertThat(
            MilvusVersion.judgeWritable("The target", version).map(Finding::severity).orElse(null))
        .isEqualTo(expected);
  }
}
