package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneStandby.BOOKS;
import static io.milvus.cdc.targets.milvus.OneStandby.T;
import static io.milvus.cdc.targets.milvus.OneStandby.delete;
import static io.milvus.cdc.targets.milvus.OneStandby.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeCatalog;
import io.milvus.grpc.MsgType;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A target's queue takes smaller messages than the source's. */
@Timeout(60)
class LargeMessagesTest {
  private static final int LIMIT = 4_000;

  /** Messages of 16 kB. */
  private static final int ROWS = 500;

  private final OneStandby standby = new OneStandby();

  @BeforeEach
  void begin() throws Exception {
    standby.create(BOOKS);
    standby.milvus.takeAtMost(LIMIT);
  }

  @AfterEach
  void end() {
    standby.close();
  }

  private static Long[] keys(int from) {
    return LongStream.range(from, from + ROWS).boxed().toArray(Long[]::new);
  }

  private static Map<String, Long> once(int from, int to) {
    return LongStream.range(from, to)
        .boxed()
        .collect(Collectors.toMap(key -> key + ":12", key -> 1L));
  }

  private Map<String, Long> visible() {
    FakeCatalog.Made made = standby.milvus.catalog().get("default", "books");
    return standby.milvus.rows().visible(made.id(), made.partitions().get("_default"));
  }

  /** A new session of the same process, and of another one. */
  private void reopen(StandbyClocks clocks) throws Exception {
    String sessionState = standby.session.sessionState();
    standby.session.close();
    standby.open(clocks, sessionState, T + 50);
    assertThat(standby.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
  }

  /** Repeats as the engine does, until all is taken. Returns how often there was a refusal. */
  private int replayUntilTaken(DataEvent... window) throws Exception {
    for (int refusals = 0; ; refusals++) {
      try {
        reopen(standby.clocks);
        standby.replay(window);
        return refusals;
      } catch (UnknownOutcomeException e) {
        assertThat(e).hasMessageContaining("too large").hasMessageContaining("messages of at most");
      }
    }
  }

  @Test
  void messagesThatAreTooLargeArriveInPartsAndEachRowIsThereOnce() throws Exception {
    DataEvent[] window = {
      insert(BOOKS, 0, T + 5, 1_000_000L),
      insert(BOOKS, 0, T + 6, keys(0)),
      delete(BOOKS, 0, T + 7, keys(0)),
      insert(BOOKS, 0, T + 7, keys(ROWS))
    };
    assertThatThrownBy(() -> standby.send(window)).isInstanceOf(UnknownOutcomeException.class);

    assertThat(replayUntilTaken(window)).isLessThan(5);
    Map<String, Long> wanted = once(ROWS, 2 * ROWS);
    wanted.put("1000000:12", 1L);
    assertThat(visible()).isEqualTo(wanted);
    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void partsOfOneMessageShareItsTimestamp() throws Exception {
    DataEvent large = insert(BOOKS, 0, T + 6, keys(0));
    assertThatThrownBy(() -> standby.send(large)).isInstanceOf(UnknownOutcomeException.class);
    replayUntilTaken(large);
    standby.milvus.forgetCalls();

    standby.send(insert(BOOKS, 0, T + 1_000_000, keys(ROWS)));
    assertThat(standby.stamps(standby.channel(0), MsgType.Insert))
        .hasSizeGreaterThan(1)
        .containsOnly(T + 1_000_000);
    assertThat(standby.inserts())
        .allSatisfy(part -> assertThat(part.getNumRows()).isEqualTo(part.getTimestampsCount()));
    assertThat(standby.inserts().stream().mapToLong(Msg.InsertRequest::getNumRows).sum())
        .isEqualTo(ROWS);
    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void crashAmongThePartsLeavesEachRowOnce() throws Exception {
    DataEvent large = insert(BOOKS, 0, T + 6, keys(0));
    assertThatThrownBy(() -> standby.send(large)).isInstanceOf(UnknownOutcomeException.class);
    replayUntilTaken(large);

    reopen(new StandbyClocks());
    assertThatThrownBy(() -> standby.replay(large)).isInstanceOf(UnknownOutcomeException.class);
    replayUntilTaken(large);
    assertThat(visible()).isEqualTo(once(0, ROWS));
    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void singleRowThatIsTooLargeIsRefusedWithTheCure() {
    standby.milvus.takeAtMost(50);
    assertThatThrownBy(() -> standby.send(insert(BOOKS, 0, T + 5, 1L)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("single row")
        .hasMessageContaining("message.max.bytes")
        .hasMessageContaining("maxMessageSize");
  }
}
