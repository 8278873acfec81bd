package io.milvus.cdc.examples.e2e.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is refused before anything starts, and the message says how to mend it. */
@ExtendWith(OneBench.class)
class RefusalsE2E {
  private static final String NOBODY_LISTENS = "127.0.0.1:9";

  private static Bench bench;

  @TempDir private Path state;

  @BeforeAll
  static void open(Bench corner) {
    bench = corner;
  }

  @Test
  void unreachableEtcd() {
    refused(source -> source.etcd("http://" + NOBODY_LISTENS), target -> {})
        .hasMessageContaining(NOBODY_LISTENS)
        .hasMessageContaining("Check the address");
  }

  @Test
  void wrongRootPathNamesTheOnesThereAre() {
    refused(source -> source.rootPath("elsewhere"), target -> {})
        .hasMessageContaining("'elsewhere'")
        .hasMessageContaining(bench.addresses().source().rootPath())
        .hasMessageContaining("Set rootPath");
  }

  @Test
  void unreachableQueue() {
    refused(RefusalsE2E::whereNobodyListens, target -> {})
        .hasMessageContaining(NOBODY_LISTENS)
        .hasMessageContaining("Check the address");
  }

  private static void whereNobodyListens(MilvusSource.Builder source) {
    if (bench.addresses().queue().equals("kafka")) {
      source.kafka(NOBODY_LISTENS);
    } else {
      source.pulsar("pulsar://" + NOBODY_LISTENS);
    }
  }

  @Test
  void wrongChannelPrefixNamesTheOnesThereAre() {
    refused(source -> source.channelPrefix("elsewhere-dml"), target -> {})
        .hasMessageContaining("'elsewhere-dml_<n>'")
        .hasMessageContaining(bench.addresses().source().channelPrefix());
  }

  @Test
  void targetThatIsNoStandby() {
    refused(source -> {}, target -> target.uri(bench.addresses().source().uri()))
        .hasMessageContaining("no standby")
        .hasMessageContaining("common.ttMsgEnabled");
  }

  @Test
  void unreachableTarget() {
    refused(source -> {}, target -> target.uri("http://" + NOBODY_LISTENS))
        .hasMessageContaining(NOBODY_LISTENS)
        .hasMessageContaining("Check the address");
  }

  @Test
  void damagedCheckpoint() throws Exception {
    try (CdcEngine engine = bench.engine(state)) {
      TaskSpec spec = bench.spec();
      engine.submit(spec).awaitCaughtUp(Duration.ofSeconds(30));
    }
    Path file = state.resolve(bench.spec().id() + ".json");
    damage(file);
    try (CdcEngine engine = bench.engine(state)) {
      assertThatThrownBy(() -> engine.submit(bench.spec()))
          .isInstanceOf(CorruptCheckpointException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("damaged");
    }
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void secondEngineOnTheSameCheckpoint() throws Exception {
    try (CdcEngine first = bench.engine(state);
        CdcEngine second = bench.engine(state)) {
      first.submit(bench.spec());
      assertThatThrownBy(() -> second.submit(bench.spec()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is owned by a running process");
    }
  }

  @Test
  void secondProcessOnTheSameCheckpoint() throws Exception {
    Path log = Files.createTempFile("mirror", ".log");
    try (CdcEngine engine = bench.engine(state)) {
      engine.submit(bench.spec());
      try (MirrorProcess other = bench.mirror(state, log)) {
        other.awaitEnd(Duration.ofSeconds(60));
        assertThat(other.output()).contains("is owned by a running process");
      }
    }
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
      Consumer<MilvusSource.Builder> source, Consumer<MilvusTarget.Builder> target) {
    MilvusSource.Builder from = bench.source();
    source.accept(from);
    MilvusTarget.Builder to = bench.target();
    target.accept(to);
    ThrowingCallable start =
        () ->
            CdcEngine.builder()
                .source(from.build())
                .target(to.build())
                .checkpoints(FileStore.at(state))
                .start()
                .close();
    return assertThatThrownBy(start).isInstanceOf(ConfigException.class);
  }
}
