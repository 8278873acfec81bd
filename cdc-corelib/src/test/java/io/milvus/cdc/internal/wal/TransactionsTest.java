package io.milvus.cdc.internal.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TransactionsTest {
  private static final int BEGIN = 900;
  private static final int COMMIT = 901;
  private static final int ROLLBACK = 902;
  private static final int TICK = 1;

  /** The ticks of ten milliseconds, after which a transaction of these tests expires. */
  private static final long KEEPALIVE = 10L << 18;

  private static WalLine begin(long tick, long transaction) {
    return WalLine.of(BEGIN, tick).in(transaction);
  }

  private static WalLine commit(long tick, long transaction) {
    return WalLine.of(COMMIT, tick).in(transaction);
  }

  private static List<WalEvent> accept(Transactions transactions, WalLine... lines) {
    List<WalEvent> events = new ArrayList<>();
    Stream.of(lines).forEach(line -> events.addAll(transactions.accept(line.event())));
    return events;
  }

  private static List<DataEvent> rows(List<WalEvent> events) {
    return events.stream().map(event -> ((WalEvent.Rows) event).event()).toList();
  }

  private static List<String> errors(List<WalEvent> events) {
    return events.stream()
        .filter(WalEvent.Undecoded.class::isInstance)
        .map(event -> ((WalEvent.Undecoded) event).event().why())
        .toList();
  }

  @Test
  void rowsOutsideATransactionPassAtOnce() {
    assertThat(rows(accept(Transactions.ofServer(), WalLine.insert(100, 1)))).hasSize(1);
  }

  @Test
  void rowsAppearWithTheCommitAndAtItsTick() {
    Transactions transactions = Transactions.ofTopic();

    assertThat(accept(transactions, begin(100, 5), WalLine.insert(101, 1).in(5))).isEmpty();

    List<DataEvent> rows = rows(accept(transactions, commit(109, 5).with("_lc", "99")));
    assertThat(rows).singleElement().isInstanceOf(Insert.class);
    assertThat(rows.get(0).timestamp()).isEqualTo(109);
    WalPosition position = WalPosition.parse(rows.get(0).position());
    assertThat(position.lastConfirmed()).isEqualTo("99");
    assertThat(position.tick()).isEqualTo(109);
    assertThat(transactions.open()).isZero();
  }

  @Test
  void partsOfOneTransactionHaveDifferentPositions() {
    List<DataEvent> rows =
        rows(
            accept(
                Transactions.ofTopic(),
                begin(100, 5),
                WalLine.insert(101, 1).in(5),
                WalLine.insert(102, 2).in(5),
                commit(103, 5)));

    assertThat(rows).extracting(DataEvent::position).doesNotHaveDuplicates();
  }

  @Test
  void deletesComeFirst() {
    List<DataEvent> rows =
        rows(
            accept(
                Transactions.ofServer(),
                begin(100, 5),
                WalLine.insert(100, 1).in(5),
                WalLine.delete(100, 1).in(5),
                WalLine.insert(100, 2).in(5),
                commit(100, 5)));

    assertThat(rows)
        .hasExactlyElementsOfTypes(Delete.class, Insert.class, Insert.class)
        .allMatch(event -> event.timestamp() == 100);
  }

  @Test
  void transactionsOfATopicOverlap() {
    Transactions transactions = Transactions.ofTopic();

    List<WalEvent> events =
        accept(
            transactions,
            begin(100, 5),
            begin(101, 6),
            WalLine.insert(102, 1).in(5),
            WalLine.insert(103, 2).in(6),
            WalLine.insert(104, 3),
            commit(105, 6),
            commit(106, 5));

    assertThat(rows(events)).extracting(DataEvent::timestamp).containsExactly(104L, 105L, 106L);
  }

  @Test
  void rolledBackRowsNeverAppear() {
    List<WalEvent> events =
        accept(
            Transactions.ofTopic(),
            begin(100, 5),
            WalLine.insert(101, 1).in(5),
            WalLine.of(ROLLBACK, 102).in(5),
            WalLine.insert(103, 2));

    assertThat(rows(events)).extracting(DataEvent::timestamp).containsExactly(103L);
  }

  @Test
  void partsWithoutABeginningAreLeftOutOfATopic() {
    Transactions transactions = Transactions.ofTopic();

    assertThat(accept(transactions, WalLine.insert(101, 1).in(5), commit(102, 5))).isEmpty();
  }

  @Test
  void partsWithoutABeginningAreAnErrorOfAServer() {
    assertThat(errors(accept(Transactions.ofServer(), WalLine.insert(101, 1).in(5))))
        .containsExactly("the beginning of its transaction is missing");
    assertThat(errors(accept(Transactions.ofServer(), commit(101, 5)))).hasSize(1);
  }

  @Test
  void anInterruptedTransactionIsAnErrorOfAServer() {
    Transactions transactions = Transactions.ofServer();

    List<WalEvent> events =
        accept(transactions, begin(100, 5), WalLine.insert(100, 1).in(5), WalLine.insert(103, 2));

    assertThat(errors(events))
        .containsExactly("its transaction does not end before the next message");
    assertThat(events).hasSize(2);
    assertThat(errors(accept(transactions, begin(104, 6), begin(105, 7)))).hasSize(1);
  }

  @Test
  void anExpiredTransactionIsForgotten() {
    Transactions transactions = Transactions.ofTopic();
    accept(transactions, begin(100, 5), WalLine.insert(200, 1).in(5));

    accept(transactions, WalLine.of(TICK, 200 + KEEPALIVE));
    assertThat(transactions.open()).isOne();

    accept(transactions, WalLine.of(TICK, 201 + KEEPALIVE));
    assertThat(transactions.open()).isZero();
  }

  @Test
  void anUnknownPartIsReturnedWithItsTransaction() {
    List<WalEvent> events =
        accept(
            Transactions.ofServer(),
            begin(100, 5),
            WalLine.of(77, 100).in(5),
            WalLine.insert(100, 1).in(5),
            commit(100, 5));

    assertThat(errors(events)).containsExactly("its type is 77");
    assertThat(events).hasSize(2);
  }
}
