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
import java.time.Duration;
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
      screen.headline("Replicating database %s; state in %s".formatted(database, state.path()));
      try (Replicator replicator = Replicator.start(stack.addresses(), state.path(), database)) {
        CdcTask task = replicator.task();
        write(source, task);
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

  private void write(MilvusClient source, CdcTask task)
      throws InterruptedException, TimeoutException {
    screen.headline(
        "Writing %,d rows: inserts, upserts, deletes; partitions and collections come and go"
            .formatted(choices.rows()));
    try (RunningWorkload workload = workload(source).start()) {
      while (workload.running() && task.state() != TaskState.FAILED) {
        Thread.sleep(TICK.toMillis());
        screen.progress(workload.written(), task.status());
      }
      workload.stop();
      task.awaitCaughtUp(CATCH_UP);
      screen.progress(workload.written(), task.status());
    }
  }

  private MixedWorkload workload(MilvusClient source) {
    return MixedWorkload.on(source)
        .databases(database)
        .seed(choices.seed())
        .rows(choices.rows())
        .rate(choices.rate());
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
