package io.milvus.cdc.examples.testbed.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The scripts' own tests, which are in Python as they are. */
class StackScriptTest {
  @Test
  void passesItsOwnTests() throws Exception {
    Process tests =
        new ProcessBuilder("python3", "-B", "-m", "unittest")
            .directory(Path.of("local-stack").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tests.waitFor()).as(said).isZero();
    assertThat(said).containsPattern("Ran [1-9]");
  }
}
