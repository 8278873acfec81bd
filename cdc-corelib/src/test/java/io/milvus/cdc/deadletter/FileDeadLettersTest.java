package io.milvus.cdc.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.deadletter.DeadLetter.Reason;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeadLettersTest {
  @TempDir Path directory;

  private FileDeadLetters letters() {
    return FileDeadLetters.at(directory.resolve("made/when/needed"));
  }

  private Path file() {
    return directory.resolve("made/when/needed/t.letters");
  }

  private static DeadLetter letter(String position) {
    return new DeadLetter(
        "ch_0",
        new Position(position),
        Reason.REFUSED,
        "the target says \"no\"\nand why",
        new HybridTime(42),
        "default.books",
        Instant.ofEpochSecond(7),
        Payload.of(new byte[] {0, -1, 10, 13}),
        Map.of("msg_type", "Insert"));
  }

  private List<String> positions() {
    return letters().read("t").stream().map(letter -> letter.position().text()).toList();
  }

  @Test
  void aLetterIsReadAsItWasKept() {
    DeadLetter kept = letter("1:1");
    assertThat(letters().keep("t", List.of(kept))).containsExactly(kept);

    DeadLetter read = letters().read("t").get(0);
    assertThat(read).usingRecursiveComparison().ignoringFields("payload").isEqualTo(kept);
    assertThat(read.payload().bytes()).isEqualTo(kept.payload().bytes());
  }

  @Test
  void theSameMessageIsKeptOnceAlsoByTheNextProcess() {
    FileDeadLetters letters = letters();
    letters.keep("t", List.of(letter("1:1"), letter("1:2"), letter("1:1")));
    assertThat(letters.keep("t", List.of(letter("1:2")))).isEmpty();
    assertThat(letters().keep("t", List.of(letter("1:1"), letter("1:3")))).hasSize(1);

    assertThat(positions()).containsExactly("1:1", "1:2", "1:3");
  }

  @Test
  void tasksHaveFilesOfTheirOwn() {
    letters().keep("t", List.of(letter("1:1")));
    letters().keep("u", List.of(letter("1:1")));

    assertThat(letters().read("u")).hasSize(1);
    assertThat(letters().read("nobody")).isEmpty();
  }

  @Test
  void halfALetterFromACrashIsPassedOverAndKeptAgain() throws Exception {
    letters().keep("t", List.of(letter("1:1")));
    String whole = Files.readString(file());
    for (int length = 1; length < whole.length(); length++) {
      String more = whole.replace("1:1", "1:2").substring(0, length);
      Files.writeString(file(), whole + more, StandardOpenOption.TRUNCATE_EXISTING);
      assertThat(positions()).startsWith("1:1");
      assertThat(letters().keep("t", List.of(letter("1:2")))).hasSize(1);
      assertThat(positions()).containsExactly("1:1", "1:2");
    }
  }

  @Test
  void aDamagedFileIsAnErrorThatNamesTheLine() throws Exception {
    letters().keep("t", List.of(letter("1:1"), letter("1:2")));
    Files.writeString(file(), "nonsense\n" + Files.readString(file()));

    assertThatThrownBy(() -> letters().read("t"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Line 1 of " + file());
    assertThatThrownBy(() -> letters().keep("t", List.of(letter("1:3"))))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void whatCannotBeWrittenIsTriedAgainAndNotTakenForKept() throws Exception {
    Files.writeString(directory.resolve("made"), "in the way");
    FileDeadLetters letters = letters();
    assertThatThrownBy(() -> letters.keep("t", List.of(letter("1:1"))))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("t.letters");
    Files.delete(directory.resolve("made"));

    assertThat(letters.keep("t", List.of(letter("1:1")))).hasSize(1);
    assertThat(positions()).containsExactly("1:1");
  }

  @Test
  void aFileThatIsMovedAwayBeginsAnew() throws Exception {
    FileDeadLetters letters = letters();
    letters.keep("t", List.of(letter("1:1")));
    Files.move(file(), directory.resolve("done"));
    letters.keep("t", List.of(letter("1:2")));

    assertThat(positions()).containsExactly("1:2");
  }
}
