package io.milvus.cdc.examples.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.UnhandledPolicy;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.deadletter.DeadLetter.Reason;
import io.milvus.cdc.deadletter.FileDeadLetters;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages in the source's queue that nobody can read: one that is nothing at all, and an insert
 * whose columns are broken, which the target refuses. The source's own nodes pass both over. They
 * stay in the queue, where they would stop every other task; so they have a stack of their own.
 */
@Timeout(300)
class UnhandledE2E {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final byte[] NONSENSE = "\u00ff no message".getBytes(StandardCharsets.ISO_8859_1);

  private Bench bench;

  @TempDir private Path state;

  @BeforeEach
  void open() {
    bench = Bench.openWithChannels("unhandled", 4, 16);
  }

  @AfterEach
  void close() {
    bench.close();
    bench.stack().wipe();
  }

  @Test
  void theTaskStopsUnlessItIsToSetThemAside() throws Exception {
    Table table = Table.create(bench.sourceClient(), bench.database("a"), "t", 1);
    table.insert(0, 500, "row");
    DescribeCollectionResponse known = table.collection().describe();
    String channel = known.getPhysicalChannelNames(0);
    SourceQueue queue = new SourceQueue(bench);
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      task.awaitCaughtUp(SOON);
      queue.send(channel, NONSENSE);
      task.awaitState(TaskState.FAILED, SOON);
      assertThat(task.status().reason()).contains(channel, "set such messages aside");
    }
    FileDeadLetters letters = FileDeadLetters.at(state.resolve("letters"));
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task =
          engine.submit(
              bench.spec().toBuilder().onUnhandled(UnhandledPolicy.setAside(letters)).build());
      table.insert(500, 1_000, "row");
      byte[] broken = brokenInsert(known);
      queue.send(channel, broken);
      table.insert(1_000, 1_500, "row");
      table.delete(0, 100);
      Thread.sleep(1_000);
      Verdict verdict = bench.compare(task, bench.spec());
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isEqualTo(1_400);

      List<DeadLetter> kept = letters.read(task.id());
      assertThat(kept)
          .extracting(DeadLetter::reason)
          .containsExactly(Reason.UNDECODABLE, Reason.REFUSED);
      assertThat(kept.get(0).payload().bytes()).isEqualTo(NONSENSE);
      assertThat(kept.get(1).payload().bytes()).isEqualTo(broken);
      // The target's own words, or ours where the rows were to be replayed.
      assertThat(kept.get(1).why()).containsAnyOf("1901", "cannot be read");
      assertThat(kept.get(1).collection()).endsWith(".t");
      assertThat(task.status().counters().setAside()).isEqualTo(2);
    }
  }

  /** Rows of this collection, a moment from now, with a column that ends too early. */
  private static byte[] brokenInsert(DescribeCollectionResponse collection) {
    long soon = Timestamps.of(Instant.now().plusMillis(1_000));
    ByteString envelope =
        Msg.InsertRequest.newBuilder()
            .setBase(MsgBase.newBuilder().setMsgType(MsgType.Insert).setMsgID(1).setTimestamp(soon))
            .setShardName(collection.getVirtualChannelNames(0))
            .setCollectionID(collection.getCollectionID())
            .setPartitionID(-1)
            .addTimestamps(soon)
            .addRowIDs(1)
            .setNumRows(1)
            .setVersion(Msg.InsertDataVersion.ColumnBased)
            .build()
            .toByteString();
    return envelope.concat(ByteString.copyFrom(new byte[] {13 << 3 | 2, 1, 8})).toByteArray();
  }
}
