package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneClientTarget.BOOKS;
import static io.milvus.cdc.targets.milvus.OneClientTarget.DEFAULT;
import static io.milvus.cdc.targets.milvus.OneClientTarget.SPRING;
import static io.milvus.cdc.targets.milvus.OneClientTarget.T;
import static io.milvus.cdc.targets.milvus.OneClientTarget.delete;
import static io.milvus.cdc.targets.milvus.OneClientTarget.insert;
import static io.milvus.cdc.targets.milvus.OneClientTarget.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.grpc.Status;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.Fault;
import io.milvus.cdc.testkit.Messages;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.IDs;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.UpsertRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientWriteSessionTest {
  private OneClientTarget one = new OneClientTarget();

  @AfterEach
  void end() {
    assertThat(one.table().violations()).isEmpty();
    one.close();
  }

  @Test
  void rowsArriveAndGo() throws Exception {
    one.create(BOOKS);
    one.send(insert(0, DEFAULT, 1, 1L, 2L), insert(1, SPRING, 2, 3L));
    one.send(delete(0, DEFAULT, 3, 1L), delete(1, -1, 3, 3L));

    assertThat(one.rows("_default")).isEqualTo(Map.of("2", 1L));
    assertThat(one.rows("spring")).isEmpty();
  }

  @Test
  void messagesOfOnePartitionBecomeOneRequest() throws Exception {
    one.create(BOOKS);
    one.send(insert(0, DEFAULT, 1, 1L), insert(0, SPRING, 2, 2L), insert(0, DEFAULT, 3, 3L, 4L));

    assertThat(one.table().upserts())
        .extracting(UpsertRequest::getPartitionName, UpsertRequest::getNumRows)
        .containsExactly(tuple("_default", 3), tuple("spring", 1));
  }

  @Test
  void ofSeveralRowsOfAKeyTheLastOneCounts() throws Exception {
    one.create(BOOKS);
    one.send(
        insert(0, DEFAULT, 1, 1L, 1L, 2L), insert(0, DEFAULT, 2, 1L), insert(0, SPRING, 3, 1L));

    assertThat(one.rows("_default")).isEqualTo(Map.of("1", 2L, "2", 1L));
    assertThat(one.rows("spring")).isEqualTo(Map.of("1", 3L));
  }

  @Test
  void anUpsertOfTheSourceIsOneUpsertAndNoDelete() throws Exception {
    one.create(BOOKS);
    one.send(insert(0, DEFAULT, 1, 1L));
    one.send(delete(0, DEFAULT, 2, 1L), insert(0, DEFAULT, 2, 1L));

    assertThat(one.table().deletes()).isEmpty();
    assertThat(one.rows("_default")).isEqualTo(Map.of("1", 2L));
  }

  @Test
  void aRowThatMovesToAnotherPartitionIsDeletedFirst() throws Exception {
    one.create(BOOKS);
    one.send(insert(0, DEFAULT, 1, 1L));
    one.send(delete(0, -1, 2, 1L), insert(0, SPRING, 2, 1L));

    assertThat(one.rows("_default")).isEmpty();
    assertThat(one.rows("spring")).isEqualTo(Map.of("1", 2L));
  }

  @Test
  void partitionsAreNotNamedWhereTheTargetChoosesThem() throws Exception {
    one.create(OneClientTarget.KEYED);
    one.send(insert(0, DEFAULT, 1, 1L, 2L), insert(0, SPRING, 2, 2L), delete(0, DEFAULT, 3, 1L));

    assertThat(one.table().upserts())
        .extracting(UpsertRequest::getPartitionName, UpsertRequest::getNumRows)
        .containsExactly(tuple("", 1));
    assertThat(one.table().deletes())
        .extracting(DeleteRequest::getPartitionName)
        .containsExactly("");
  }

  @Test
  void manyKeysAreDeletedInExpressionsOfAThousand() throws Exception {
    one.create(BOOKS);
    one.send(insert(0, DEFAULT, 1, keys(0, 3000)));
    one.send(delete(0, -1, 2, keys(0, 2500)));

    assertThat(one.table().deletes()).hasSize(3);
    assertThat(one.rows("_default")).hasSize(500).containsKeys("2500", "2999");
  }

  @Test
  void anyTextIsAKeyThatCanBeDeleted() throws Exception {
    List<String> texts =
        List.of(
            "plain",
            "a\"b",
            "c\\",
            "é漢",
            "in [1]",
            "",
            "line\nbreak\r\n",
            "tab\t",
            "\0\u0001\u001b[31m\u007f\u0085",
            "100%s",
            "'\\n'",
            "\uD83D\uDE00",
            "\uD842\uDFB7",
            "\u2028");
    List<Long> times = Collections.nCopies(texts.size() - 1, T + 1);
    CollectionEntry named =
        Entries.with(
            BOOKS,
            Entries.encoded(
                Entries.milvusSchema("books").toBuilder()
                    .setFields(
                        0,
                        FieldSchema.newBuilder()
                            .setFieldID(100)
                            .setName("id")
                            .setDataType(DataType.VarChar)
                            .setIsPrimaryKey(true))
                    .build(),
                false));
    one.create(named);
    byte[] rows =
        Messages.insert(
                BOOKS.shards().get(0),
                1,
                DEFAULT,
                T,
                texts.size(),
                Messages.strings("id", 100, texts))
            .toByteArray();
    byte[] gone =
        Messages.delete(BOOKS.shards().get(0), 1, -1, T + 1).toBuilder()
            .setPrimaryKeys(
                IDs.newBuilder()
                    .setStrId(StringArray.newBuilder().addAllData(texts.subList(1, texts.size()))))
            .addAllTimestamps(times)
            .build()
            .toByteArray();
    one.send(new Insert(OneClientTarget.header(0, DEFAULT, T, texts.size()), Payload.of(rows)));
    assertThat(one.rows("_default").keySet()).containsExactlyInAnyOrderElementsOf(texts);
    one.send(new Delete(OneClientTarget.header(0, -1, T + 1, times.size()), Payload.of(gone)));

    assertThat(one.rows("_default")).containsOnlyKeys("plain");
  }

  @Test
  void theSmallestAndTheLargestNumberAreKeysThatCanBeDeleted() throws Exception {
    one.create(BOOKS);
    one.send(insert(0, DEFAULT, 1, Long.MIN_VALUE, -Long.MAX_VALUE, -1L, 0L, Long.MAX_VALUE));
    one.send(delete(0, -1, 2, -1L, Long.MIN_VALUE, Long.MAX_VALUE));

    assertThat(one.rows("_default")).containsOnlyKeys("-9223372036854775807", "0");
  }

  @Test
  void shardsGoSideBySideAndEachInItsOrder() throws Exception {
    one.create(BOOKS);
    one.milvus.forgetCalls();
    CountDownLatch first = new CountDownLatch(1);
    one.milvus.fail("Delete", Fault.waitFor(first));
    Thread sending =
        new Thread(
            () -> {
              try {
                // The delete of shard 0 waits; its upsert must not pass it. Shard 1 has no delete.
                one.send(
                    delete(0, DEFAULT, 1, 1L), insert(0, DEFAULT, 2, 2L), insert(1, SPRING, 2, 3L));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    sending.start();
    while (one.rows("spring").isEmpty()) {
      Thread.sleep(5);
    }
    assertThat(one.milvus.calls()).containsExactly("Upsert");
    first.countDown();
    sending.join();

    assertThat(one.milvus.calls()).containsExactly("Upsert", "Delete", "Upsert");
    assertThat(one.rows("_default")).isEqualTo(Map.of("2", 2L));
  }

  @Test
  void aTargetThatTakesNoMoreIsAskedAgainAndNothingIsLost() throws Exception {
    one.create(BOOKS);
    CountDownLatch last = new CountDownLatch(1);
    one.milvus.fail(
        "Upsert",
        Fault.code(8, "request is rejected by grpc RateLimiter middleware"),
        Fault.code(9, "deny to write, reason: memory quota exhausted"),
        Fault.error(Status.Code.RESOURCE_EXHAUSTED),
        Fault.waitFor(last));
    one.milvus.fail("Delete", Fault.code(8, "rate limit exceeded"));
    Thread sending =
        new Thread(
            () -> {
              try {
                assertThat(one.send(insert(0, DEFAULT, 1, 1L, 2L), delete(0, -1, 2, 3L))).isEmpty();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    sending.start();
    while (one.session.hindrances().isEmpty()) {
      Thread.sleep(5);
    }
    assertThat(one.session.hindrances().get(0)).contains("accepts no more rows", "Rows wait");
    last.countDown();
    sending.join();

    assertThat(one.rows("_default")).containsOnlyKeys("1", "2");
    assertThat(one.session.hindrances()).isEmpty();
  }

  @Test
  void whatIsTooLargeIsSentInParts() throws Exception {
    one.create(BOOKS);
    one.table().mostRows(3);
    List<Refused> refused =
        one.send(insert(0, DEFAULT, 1, keys(0, 10)), insert(0, DEFAULT, 2, keys(10, 15)));

    assertThat(refused).isEmpty();
    assertThat(one.rows("_default")).hasSize(15).containsEntry("0", 1L).containsEntry("14", 2L);
  }

  @Test
  void oneMessageThatIsRefusedDisturbsNoOther() throws Exception {
    one.create(BOOKS);
    one.table()
        .refuse(
            request ->
                request.getFieldsDataList().stream()
                    .filter(column -> column.getFieldName().equals("version"))
                    .anyMatch(
                        column -> column.getScalars().getLongData().getDataList().contains(3L)));
    DataEvent bad = insert(0, DEFAULT, 3, 1L, 4L);
    List<Refused> refused =
        one.send(
            insert(0, DEFAULT, 1, 1L, 2L),
            delete(0, -1, 2, 2L),
            bad,
            insert(0, DEFAULT, 4, 5L),
            insert(1, DEFAULT, 4, 6L));

    assertThat(refused).extracting(Refused::event).containsExactly(bad);
    assertThat(refused.get(0).why()).contains("exceeds max length");
    // The row that the refused one would have replaced is there, as on a source without that one.
    assertThat(one.rows("_default")).isEqualTo(Map.of("1", 1L, "5", 4L, "6", 4L));
  }

  @Test
  void garbledRowsAreRefusedToo() throws Exception {
    one.create(BOOKS);
    DataEvent garbled =
        new Insert(
            OneClientTarget.header(0, DEFAULT, T + 2, 1),
            Payload.of(Messages.garbledInsert(BOOKS.shards().get(0), 1, DEFAULT, T + 2)));

    assertThat(one.send(insert(0, DEFAULT, 1, 1L), garbled, insert(0, DEFAULT, 3, 2L)))
        .extracting(Refused::event)
        .containsExactly(garbled);
    assertThat(one.rows("_default")).isEqualTo(Map.of("1", 1L, "2", 3L));
  }

  @Test
  void anAnswerOfWhichNobodyKnowsWhetherItLastsIsAskedForAgain() throws Exception {
    one.create(BOOKS);
    one.milvus.fail(
        "Upsert", Fault.code(65535, "something"), Fault.error(Status.Code.INVALID_ARGUMENT));

    assertThat(one.send(insert(0, DEFAULT, 1, 1L))).isEmpty();
    assertThat(one.rows("_default")).containsOnlyKeys("1");
    assertThat(one.session.hindrances()).isEmpty();
  }

  @Test
  void theSameAnswerForAMinuteIsARefusalThatNamesTheKeys() throws Exception {
    hurry();
    DataEvent bad = delete(0, -1, 3, 2L, 5L, 6L, 7L);
    one.milvus.fail("Delete", always(i -> Fault.code(65535, "something of attempt " + i)));
    List<Refused> refused = one.send(insert(0, DEFAULT, 1, 1L, 2L), bad, insert(0, DEFAULT, 4, 3L));

    assertThat(refused).extracting(Refused::event).containsExactly(bad);
    assertThat(refused.get(0).why())
        .contains("delete 4 keys from default.books (keys 2, 5, 6 and 1 more)")
        .contains("code 65535, something of attempt");
    assertThat(one.rows("_default")).containsOnlyKeys("1", "2", "3");
    assertThat(one.session.hindrances()).isEmpty();
  }

  @Test
  void aServerThatRefusesTheCallItselfIsBelievedAfterAMinute() throws Exception {
    hurry();
    one.milvus.fail("Upsert", always(i -> Fault.error(Status.Code.INVALID_ARGUMENT)));

    assertThat(one.send(insert(0, DEFAULT, 1, 1L)))
        .singleElement()
        .extracting(Refused::why)
        .asString()
        .contains("upsert 1 rows into default.books/_default (key 1)", "INVALID_ARGUMENT");
  }

  @Test
  void whatIsNotReadyOrUsedUpIsAskedForAsLongAsItTakes() throws Exception {
    hurry();
    List<String> passing =
        List.of(
            "collection not loaded",
            "channel not available",
            "no available node",
            "quota exceeded",
            "etcdserver: request timed out",
            "node not match");
    one.milvus.fail("Upsert", always(i -> Fault.code(65535, passing.get(i / 20))));

    assertThat(one.send(insert(0, DEFAULT, 1, 1L))).isEmpty();
    assertThat(one.rows("_default")).containsOnlyKeys("1");
  }

  @Test
  void anExpressionThatIsNotReadIsRefusedAtOnce() throws Exception {
    one.create(BOOKS);
    one.milvus.fail(
        "Delete",
        Fault.code(65535, "cannot parse expression: id in [1], error: mismatched input '<EOF>'"),
        Fault.code(65535, "failed to create expr plan, expr = id in [1]: connection, timeout"));

    // A third request would be taken.
    assertThat(one.send(delete(0, -1, 1, 1L)))
        .singleElement()
        .extracting(Refused::why)
        .asString()
        .contains("delete 1 keys from default.books (key 1)", "expr plan");
  }

  @Test
  void aCollectionThatIsGoneEndsTheSession() throws Exception {
    one.create(BOOKS);
    one.milvus.fail("Upsert", Fault.code(100, "collection not found"));

    assertThatThrownBy(() -> one.send(insert(0, DEFAULT, 1, 1L)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("upsert 1 rows into default.books");
  }

  private void hurry() throws InterruptedException {
    one.close();
    one = new OneClientTarget("2.3.5", new HurriedTime());
    one.create(BOOKS);
  }

  private static Fault[] always(IntFunction<Fault> fault) {
    return IntStream.range(0, 120).mapToObj(fault).toArray(Fault[]::new);
  }

  @Test
  void theGuaranteeIsTheTargetsLastAnswerAndSurvivesARestart() throws Exception {
    assertThat(one.session.guarantee(T)).isEqualTo(1);
    one.create(BOOKS);
    one.send(insert(0, DEFAULT, 1, 1L));
    long told = one.table().clock();
    assertThat(one.session.guarantee(T)).isEqualTo(told);

    one.open(one.session.sessionState());
    assertThat(one.session.guarantee(T)).isEqualTo(told);
  }

  @Test
  void aKeyThatTheSourceMakesUpIsGivenOnTheTarget() throws Exception {
    CollectionEntry automatic =
        Entries.with(
            BOOKS,
            Entries.encoded(
                Entries.milvusSchema("books").toBuilder()
                    .setFields(
                        0, Entries.milvusSchema("books").getFields(0).toBuilder().setAutoID(true))
                    .build(),
                false));
    one.create(automatic);

    assertThat(one.milvus.catalog().get("default", "books").schema().getFields(0).getAutoID())
        .isFalse();
  }

  @Test
  void aCollectionOfOthersWithRoomForTheRowsIsUsed() throws Exception {
    one.milvus
        .catalog()
        .put(
            "default",
            "books",
            Entries.milvusSchema("books").toBuilder()
                .addFields(
                    FieldSchema.newBuilder()
                        .setFieldID(200)
                        .setName("version")
                        .setDataType(DataType.Int64))
                .addFields(FieldSchema.newBuilder().setName("theirs").setNullable(true))
                .build(),
            5);
    one.create(BOOKS);
    one.send(insert(1, DEFAULT, 1, 1L));

    assertThat(one.rows("_default")).isEqualTo(Map.of("1", 1L));
  }

  @Test
  void aCollectionOfOthersThatMakesUpItsKeysIsRefused() {
    one.milvus
        .catalog()
        .put(
            "default",
            "books",
            Entries.milvusSchema("books").toBuilder()
                .setFields(
                    0, Entries.milvusSchema("books").getFields(0).toBuilder().setAutoID(true))
                .build(),
            2);

    assertThatThrownBy(() -> one.create(BOOKS))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("generated keys of field id", "version is missing");
  }

  @Test
  void whatWasDroppedAndMadeAgainByOthersIsNotTakenForOurs() throws Exception {
    one.create(BOOKS);
    String sessionState = one.session.sessionState();
    one.open(sessionState);
    assertThat(one.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
    one.session.apply(new SchemaEvent.DropCollection(T + 1, Entries.DEFAULT, BOOKS));
    one.milvus.catalog().put("default", "books", Entries.milvusSchema("books"), 2);

    one.open(sessionState);
    assertThat(one.session.bind(Entries.DEFAULT, BOOKS)).isFalse();
  }

  @Test
  void aMilvusLiteGetsOneRequestOfACollectionAtATimeAndWholeRows() throws Exception {
    one.close();
    one = new OneClientTarget("milvus_lite-3.2.2");
    CollectionEntry dynamic =
        Entries.with(
            BOOKS,
            Entries.encoded(
                Entries.milvusSchema("books").toBuilder().setEnableDynamicField(true).build(),
                false));
    one.create(dynamic);
    one.send(insert(0, DEFAULT, 1, 1L), insert(1, DEFAULT, 1, 2L));

    // What an upsert does not name stays there, so nothing may be left of the row before.
    assertThat(one.table().deletes())
        .extracting(DeleteRequest::getExpr)
        .containsExactly("id in [1,2]");
    assertThat(one.table().upserts()).hasSize(1);
    assertThat(Stream.of("1", "2")).allMatch(one.rows("_default")::containsKey);
  }
}
