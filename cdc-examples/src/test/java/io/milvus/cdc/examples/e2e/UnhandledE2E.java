package io.milvus.cdc.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.Unhandled;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.deadletter.DeadLetter.Reason;
import io.milvus.cdc.deadletter.FileDeadLetters;
import io.milvus.cdc.examples.client.Columns;
import io.milvus.cdc.examples.compare.Verdict;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inserts in the source's queue that nobody can read, because a column of theirs is broken: the
 * target refuses them, and the source's own nodes pass them over. (A message of which not even the
 * kind can be told would stop the tasks of all other tests on this stack, too.)
 */
@ExtendWith(OneBench.class)
@Timeout(300)
class UnhandledE2E {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path state;

  @Test
  void theTaskStopsUnlessItIsToSetThemAside(Bench bench) throws Exception {
    Table table = Table.create(bench.sourceClient(), bench.database("a"), "t", 1);
    table.insert(0, 500, "row");
    DescribeCollectionResponse known = table.collection().describe();
    String channel = known.getPhysicalChannelNames(0);
    SourceQueue queue = new SourceQueue(bench);
    byte[] first;
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      task.awaitCaughtUp(SOON);
      first = brokenInsert(known);
      queue.send(channel, first);
      table.insert(500, 1_000, "row");
      task.awaitState(TaskState.FAILED, SOON);
      assertThat(task.status().reason()).contains(channel, "1901", "TaskSpec.onUnhandled");
    }
    FileDeadLetters letters = FileDeadLetters.at(state.resolve("letters"));
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec().onUnhandled(Unhandled.setAside(letters)));
      task.awaitCaughtUp(SOON);
      byte[] second = brokenInsert(known);
      queue.send(channel, second);
      table.insert(1_000, 1_500, "row");
      table.delete(0, 100);
      await().atMost(SOON).until(() -> task.status().counters().setAside() == 2);
      Verdict verdict = bench.compare(task, bench.spec());
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isEqualTo(1_400);

      List<DeadLetter> kept = letters.read(task.id());
      assertThat(kept)
          .extracting(letter -> letter.payload().bytes())
          .containsExactly(first, second);
      assertThat(kept)
          .allSatisfy(
              letter -> {
                assertThat(letter.reason()).isEqualTo(Reason.REFUSED);
                assertThat(letter.why()).contains("1901");
                assertThat(letter.channel()).isEqualTo(channel);
                assertThat(letter.collection()).isEqualTo(bench.databases()[0] + ".t");
              });
      bench.cleanUp(task);
    }
  }

  /** A row of this collection, a moment from now, with a column that ends too early. */
  private static byte[] brokenInsert(DescribeCollectionResponse collection) {
    long soon = Timestamps.of(Instant.now().plusMillis(1_000));
    ByteString message =
        Msg.InsertRequest.newBuilder()
            .setBase(MsgBase.newBuilder().setMsgType(MsgType.Insert).setMsgID(1).setTimestamp(soon))
            .setShardName(collection.getVirtualChannelNames(0))
            .setCollectionID(collection.getCollectionID())
            .setPartitionID(-1)
            .addTimestamps(soon)
            .addRowIDs(1)
            .setNumRows(1)
            .setVersion(Msg.InsertDataVersion.ColumnBased)
            .addFieldsData(Columns.int64("pk", 7_777).toBuilder().setFieldId(100))
            .build()
            .toByteString();
    return message.concat(ByteString.copyFrom(new byte[] {13 << 3 | 2, 1, 8})).toByteArray();
  }
}
