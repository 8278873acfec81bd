package io.milvus.cdc.examples.testbed.quickstart;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.examples.testbed.stack.StackException;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.examples.testbed.workload.Schemas;
import io.milvus.cdc.examples.testbed.workload.Shape;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts two Milvus, replicates one to the other under load, and compares them. The exit code is 0
 * if they are equal, 1 if they differ, and 2 if the comparison failed.
 */
public final class Quickstart {
  private static final Logger LOG = LoggerFactory.getLogger(Quickstart.class);
  private static final Duration CATCH_UP = Duration.ofMinutes(5);
  private static final Duration TICK = Duration.ofSeconds(1);

  /** One of so many rows is written before the task starts. */
  private static final int EXISTING_SHARE = 20;

  /** A flush makes a segment of each partition. Query nodes load hundreds of them for minutes. */
  private static final List<Shape> SHAPES =
      Schemas.all(8).stream().filter(shape -> !shape.name().startsWith("keyed")).toList();

  private final Choices choices;
  private final Screen screen;
  private final LocalStack stack;
  private final String database;

  private Quickstart(Choices choices, Screen screen, LocalStack stack) {
    this.choices = choices;
    this.screen = screen;
    this.stack = stack;
    this.database = "quickstart_" + System.currentTimeMillis() / 1000;
  }

  public static void main(String[] arguments) {
    int code = 2;
    try {
      code = run(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + ". " + Choices.USAGE);
    } catch (StackException e) {
      System.err.println(e.getMessage());
    } catch (InterruptedException | TimeoutException | RuntimeException e) {
      LOG.error("The quickstart could not be run to its end", e);
    }
    System.out.flush();
    System.exit(code);
  }

  private static int run(String... arguments) throws InterruptedException, TimeoutException {
    Choices choices = Choices.of(arguments);
    Screen screen = new Screen(System.out);
    screen.headline("Bringing up etcd, Pulsar, a source and a target Milvus 2.3.5");
    LocalStack stack = LocalStack.up(screen::line);
    boolean equal = new Quickstart(choices, screen, stack).replicate();
    screen.line("The stack is still up. To take it down: " + stack.downCommand());
    return equal ? 0 : 1;
  }

  private boolean replicate() throws InterruptedException, TimeoutException {
    try (StateDirectory state = StateDirectory.create();
        MilvusClient source = MilvusClient.connect(stack.addresses().source().uri())) {
      MixedWorkload workload = workload(source);
      fill(source, workload);
      screen.headline("Replicating database %s; state in %s".formatted(database, state.path()));
      try (Replicator replicator = Replicator.start(stack.addresses(), state.path(), database)) {
        CdcTask task = replicator.task();
        write(workload, task);
        screen.headline("Comparing every row");
        Verdict verdict =
            Comparison.of(
                    MilvusEndpoint.at(stack.addresses().source().uri()),
                    MilvusEndpoint.at(stack.addresses().target().uri()))
                .databases(database)
                .load()
                .targetReadAt(() -> task.status().readTimestamp())
                .run();
        verdict.table().lines().forEach(screen::line);
        leave(source, task, choices.keep() || !verdict.equal());
        return verdict.equal();
      }
    }
  }

  /** Writes rows that the task cannot read from the queue, because their messages are gone. */
  private void fill(MilvusClient source, MixedWorkload workload)
      throws InterruptedException, TimeoutException {
    long before = choices.rows() / EXISTING_SHARE;
    screen.headline("Writing %,d rows before the task starts".formatted(before));
    try (RunningWorkload filling = workload.rows(before).start()) {
      filling.await(CATCH_UP);
    }
    for (String name : source.collections(database)) {
      source.collection(database, name).flush();
    }
    List<String> gone = new OldMessages(stack.addresses()).delete();
    screen.line(
        "Pulsar has deleted their messages on %d of %d channels"
            .formatted(gone.size(), stack.addresses().source().channels()));
  }

  private void write(MixedWorkload workload, CdcTask task)
      throws InterruptedException, TimeoutException {
    screen.headline(
        "Writing %,d rows: inserts, upserts, deletes; partitions and collections come and go"
            .formatted(choices.rows()));
    try (RunningWorkload running = workload.rows(choices.rows()).rate(choices.rate()).start()) {
      while (running.running() && task.state() != TaskState.FAILED) {
        Thread.sleep(TICK.toMillis());
        screen.progress(running.written(), task.status());
      }
      running.stop();
      task.awaitCaughtUp(CATCH_UP);
      screen.progress(running.written(), task.status());
    }
  }

  private MixedWorkload workload(MilvusClient source) {
    return MixedWorkload.on(source).databases(database).shapes(SHAPES).seed(choices.seed());
  }

  private void leave(MilvusClient source, CdcTask task, boolean keep)
      throws InterruptedException, TimeoutException {
    if (keep) {
      screen.line("Database %s stays on both sides.".formatted(database));
    } else {
      workload(source).drop();
      task.awaitCaughtUp(CATCH_UP);
    }
  }
}
