package io.milvus.cdc.examples.e2e.bench;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.CollectionVerdict;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One test class's corner of the local stack: databases of its own, and a task that mirrors just
 * those. What it made is dropped at the end, on the target by way of the task.
 */
public final class Bench implements AutoCloseable {
  private static final int MORE_LOOKS = 3;

  private final LocalStack stack;

  /** A stack whose target gets client writes in the place of the other one's, or null. */
  private final @Nullable LocalStack ordinary;

  private final MilvusClient source;
  private final MilvusClient target;
  private final String name;
  private final @Nullable Keys keys;
  private final MilvusTarget sharedTarget;
  private final List<String> databases = new ArrayList<>();

  private Bench(LocalStack stack, String name, @Nullable Keys keys) {
    this(stack, null, name, keys);
  }

  private Bench(LocalStack stack, @Nullable LocalStack ordinary, String name, @Nullable Keys keys) {
    this.stack = stack;
    this.ordinary = ordinary;
    this.name = name + "_" + Long.toString(System.currentTimeMillis(), 36);
    this.keys = keys;
    this.source = MilvusClient.connect(stack.addresses().source().uri());
    String targetUri = targetUri();
    this.target = keys == null ? MilvusClient.connect(targetUri) : keys.targetClient(targetUri);
    this.sharedTarget = target().build();
  }

  /**
   * Brings the stack up and takes a corner of it, named so that no two runs share one. With {@code
   * -Dcdc.queue=kafka} it is the stack whose source writes to Kafka.
   */
  public static Bench open(String name) {
    return System.getProperty("cdc.queue", "pulsar").equals("kafka")
        ? openKafka(name)
        : new Bench(LocalStack.up(line -> {}), name, null);
  }

  /** The same with a target that is no standby, of a stack of its own, and gets client writes. */
  public static Bench openWritable(String name, LocalStack ordinary) {
    Bench usual = open(name);
    usual.target.close();
    usual.source.close();
    return new Bench(usual.stack, ordinary, name, null);
  }

  /** The same on the stack whose source writes to Kafka. */
  public static Bench openKafka(String name) {
    return new Bench(LocalStack.upKafka(line -> {}), name, null);
  }

  /** The same on a stack that is up. */
  public static Bench on(LocalStack stack, String name) {
    return new Bench(stack, name, null);
  }

  /** The same on a stack whose source and target have so many physical channels. */
  public static Bench openWithChannels(String name, int source, int target) {
    return new Bench(LocalStack.upWithChannels(source, target, line -> {}), name, null);
  }

  /** The same on the secure stack, with its keys. Skips the test where it cannot be made. */
  public static Bench openSecure(String name) {
    assumeOpenssl();
    LocalStack stack = LocalStack.upSecure(line -> {});
    return new Bench(stack, name, new Keys(stack.credentials()));
  }

  /** Skips the test where a secure stack cannot be made. */
  static void assumeOpenssl() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl"))),
        "The command openssl, which makes the certificates, is not installed");
  }

  private String targetUri() {
    return (ordinary == null ? stack : ordinary).addresses().target().uri();
  }

  public LocalStack stack() {
    return stack;
  }

  public Addresses addresses() {
    return stack.addresses();
  }

  public MilvusClient sourceClient() {
    return source;
  }

  public MilvusClient targetClient() {
    return target;
  }

  /** The source, to be compared. */
  public MilvusEndpoint sourceSide() {
    return MilvusEndpoint.at(addresses().source().uri());
  }

  /** The target, to be compared. */
  public MilvusEndpoint targetSide() {
    return keys == null ? MilvusEndpoint.at(targetUri()) : keys.target(targetUri());
  }

  /** Makes a database on the source, to be mirrored. */
  public String database(String suffix) {
    String database = name + "_" + suffix;
    databases.add(database);
    source.createDatabase(database);
    return database;
  }

  /** The databases that were made. */
  public String[] databases() {
    return databases.toArray(String[]::new);
  }

  /** The names of databases that are mirrored whether they exist or not. */
  private Set<String> mirrored() {
    return databases.isEmpty() ? Set.of(name) : Set.copyOf(databases);
  }

  public TaskSpec spec() {
    return TaskSpec.builder(name)
        .selection(Selection.databases(mirrored().toArray(String[]::new)))
        .build();
  }

  public MilvusSource.Builder source() {
    MilvusSource.Builder builder = sourceWithoutKeys().api(addresses().source().uri());
    return keys == null ? builder : keys.give(builder, addresses());
  }

  public MilvusSource.Builder sourceWithoutKeys() {
    String[] namespace = addresses().pulsarNamespace().split("/", 2);
    MilvusSource.Builder builder =
        MilvusSource.builder()
            .etcd(addresses().etcd())
            .rootPath(addresses().source().rootPath())
            .metaSubPath(addresses().source().metaSubPath())
            .pulsarNamespace(namespace[0], namespace[1])
            .channelPrefix(addresses().source().channelPrefix())
            .storage(StorageEndpoint.directory(addresses().source().storage()));
    return addresses().queue().equals("kafka")
        ? builder.kafka(addresses().kafka())
        : builder.queue(PulsarEndpoint.at(addresses().pulsar()).admin(addresses().pulsarAdmin()));
  }

  /** Our own configuration of a server that reads the source and has the target as standby. */
  public String serverConfiguration() {
    return serverConfiguration("");
  }

  /**
   * The same with more targets.
   *
   * @param targets as YAML has them in its short form, each with a comma behind it
   */
  public String serverConfiguration(String targets) {
    return """
        source: {etcd: '%s', rootPath: %s, metaSubPath: %s, channelPrefix: %s, %s: '%s', api: {uri: '%s'}}
        targets: {%s standby: {uri: '%s'}}
        """
        .formatted(
            addresses().etcd(),
            addresses().source().rootPath(),
            addresses().source().metaSubPath(),
            addresses().source().channelPrefix(),
            addresses().queue(),
            addresses().pulsar() + addresses().kafka(),
            addresses().source().uri(),
            targets,
            addresses().target().uri());
  }

  public MilvusTarget.Builder target() {
    return keys == null
        ? targetWithoutKeys()
        : targetWithoutKeys().milvus(keys.target(targetUri()));
  }

  public MilvusTarget.Builder targetWithoutKeys() {
    MilvusTarget.Builder builder = MilvusTarget.builder().uri(targetUri());
    return ordinary == null ? builder : builder.clientWrites();
  }

  /** An engine; all of a bench share one target, as engines in one process must. */
  public CdcEngine engine(Path state) {
    return engine(state, sharedTarget);
  }

  /** An engine that knows of its target as much as one in a new process does. */
  public CdcEngine engineOfNewProcess(Path state) {
    return engine(state, target().build());
  }

  public CdcEngine engine(Path state, ChangeTarget target) {
    return CdcEngine.builder()
        .source(source().build())
        .target(target)
        .checkpoints(FileStore.at(state))
        .start();
  }

  /** The same task in a process of its own. */
  public MirrorProcess mirror(Path state, Path log, String... jvmOptions) {
    return mirror(state, log, Map.of(), jvmOptions);
  }

  /**
   * The same with other settings of {@link io.milvus.cdc.examples.testbed.mirror.MirrorProgram}.
   */
  public MirrorProcess mirror(
      Path state, Path log, Map<String, String> otherwise, String... jvmOptions) {
    Map<String, String> settings = settings(state);
    settings.put("target", targetUri());
    settings.put("ordinary", Boolean.toString(ordinary != null));
    settings.putAll(otherwise);
    return MirrorProcess.start(settings, log, jvmOptions);
  }

  /** What a program in a process of its own must know of the source and the task. */
  public Map<String, String> settings(Path state) {
    return new HashMap<>(
        Map.of(
            "etcd",
            addresses().etcd(),
            "root",
            addresses().source().rootPath(),
            addresses().queue(),
            addresses().pulsar() + addresses().kafka(),
            "channels",
            addresses().source().channelPrefix(),
            "state",
            state.toString(),
            "task",
            name,
            "databases",
            String.join(",", mirrored())));
  }

  /**
   * Waits until the task has everything, and compares the two sides. Where they differ they are
   * compared again after releasing and loading: query nodes of Milvus 2.3.5, the source's too,
   * count rows twice for a while when a growing segment has just been sealed, or a part was killed.
   * What is stored twice stays so.
   */
  public Verdict compare(CdcTask task, Duration atMost) throws Exception {
    task.awaitCaughtUp(atMost);
    Verdict asServed = comparison(task).run();
    if (asServed.equal()) {
      return asServed;
    }
    System.out.println("As served, to be compared again:\n" + asServed.table());
    return comparison(task).reloadSource().reloadTarget().retryFor(Duration.ofSeconds(60)).run();
  }

  /** A comparison of all that was made with what a task has brought. */
  public Comparison comparison(CdcTask task) {
    Comparison comparison =
        Comparison.of(sourceSide(), targetSide())
            .load()
            .only((database, collection) -> databases.contains(database))
            .targetReadAt(() -> task.status().readTimestamp());
    return ordinary == null ? comparison : comparison.clientWrites();
  }

  /** Compares what a task selects, under the names that it has on the target. */
  public Verdict compare(CdcTask task, TaskSpec spec) throws Exception {
    task.awaitCaughtUp(Duration.ofMinutes(1));
    return comparison(task)
        .only(spec.selection())
        .renamed(spec.names())
        .retryFor(Duration.ofSeconds(60))
        .run();
  }

  /**
   * Compares one database as it is served, and what is not equal again and again when both sides
   * have read anew what they serve; releases what was loaded for that.
   */
  public Verdict compare(CdcTask task, String database) {
    Verdict verdict =
        comparison(task).databases(database).release().retryFor(Duration.ofSeconds(30)).run();
    for (int look = 0; look < MORE_LOOKS && !verdict.equal(); look++) {
      System.out.println("As served, to be compared again:\n" + verdict.table());
      verdict = lookAgain(task, database, verdict);
    }
    return verdict;
  }

  /** A few collections are loaded soon, where a whole database keeps the query nodes busy. */
  private Verdict lookAgain(CdcTask task, String database, Verdict before) {
    Map<String, CollectionVerdict> latest = new LinkedHashMap<>();
    before.collections().forEach(one -> latest.put(one.collection(), one));
    Verdict now =
        comparison(task)
            .only(
                (in, collection) ->
                    in.equals(database)
                        && (!before.catalog().isEmpty()
                            || !latest.containsKey(collection)
                            || !latest.get(collection).equal()))
            .reloadSource()
            .reloadTarget()
            .release()
            .retryFor(Duration.ofSeconds(30))
            .run();
    now.collections().forEach(one -> latest.put(one.collection(), one));
    return new Verdict(now.catalog(), List.copyOf(latest.values()));
  }

  /** {@code count(*)} on the target, of everything that the task has brought there. */
  public long targetCount(String database, String collection, CdcTask task) {
    return target
        .collection(database, collection)
        .count(ReadAt.timestamp(task.status().readTimestamp().value()));
  }

  /** Drops what was mirrored, on both sides, and deletes the task. */
  public void cleanUp(CdcTask task) throws Exception {
    dropDatabases();
    if (task.state() == TaskState.RUNNING) {
      task.awaitCaughtUp(Duration.ofMinutes(1));
    }
    task.delete();
  }

  /** Drops what was mirrored, on the source. */
  public void dropDatabases() {
    databases.forEach(source::dropDatabaseWithCollections);
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}
