package io.milvus.cdc.examples.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stack of etcd, Pulsar or Kafka, a source and a target Milvus. It outlives this process; a
 * second one that brings it up finds it as it is. Thread-safe.
 */
public final class LocalStack {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Script script;
  private final Addresses addresses;
  private final @Nullable Credentials credentials;

  private LocalStack(Script script, JsonNode status) {
    this.script = script;
    this.addresses = Addresses.of(status);
    this.credentials = status.has("secure") ? Credentials.of(status.get("secure")) : null;
  }

  /**
   * Starts what does not run yet, the first time after downloading it, and waits until it is
   * healthy.
   *
   * @param lines told what happens, line by line
   * @throws StackException with the cure, where Python is missing or a part does not start
   */
  public static LocalStack up(Consumer<String> lines) {
    return up(Script.find(), lines);
  }

  /**
   * The same for another stack, beside the ordinary one: etcd, Pulsar and the target ask for
   * credentials, and are reached over TLS.
   *
   * @throws StackException with the cure, where {@code openssl} is missing, too
   */
  public static LocalStack upSecure(Consumer<String> lines) {
    return up(Script.find("--secure"), lines);
  }

  /**
   * The same for another stack, beside the ordinary one: its source writes to Kafka.
   *
   * @throws StackException with the cure
   */
  public static LocalStack upKafka(Consumer<String> lines) {
    return up(Script.find("--queue", "kafka"), lines);
  }

  /**
   * Of yet another stack nothing but its Kafka, which asks for credentials and is reached over TLS.
   *
   * @throws StackException with the cure, where {@code openssl} is missing, too
   */
  public static LocalStack upSecureKafkaAlone(Consumer<String> lines) {
    return up(Script.find("--queue", "kafka", "--secure"), lines, "--only", "kafka");
  }

  /**
   * The same for another stack, beside the ordinary one, whose source and target have so many
   * physical channels ({@code rootCoord.dmlChannelNum}).
   *
   * @throws StackException with the cure
   */
  public static LocalStack upWithChannels(int source, int target, Consumer<String> lines) {
    return up(
        Script.find("--name", "channels-%d-%d".formatted(source, target)),
        lines,
        "--source-dml-channels",
        Integer.toString(source),
        "--target-dml-channels",
        Integer.toString(target));
  }

  /**
   * Of yet another stack nothing but its target, with an etcd: a second one for the ordinary
   * stack's source.
   *
   * @throws StackException with the cure
   */
  public static LocalStack upSecondTarget(Consumer<String> lines) {
    return up(Script.find("--name", "second-target"), lines, "--only", "etcd", "--only", "target");
  }

  /**
   * Of yet another stack nothing but its Kafka.
   *
   * @throws StackException with the cure
   */
  public static LocalStack upKafkaAlone(Consumer<String> lines) {
    return up(Script.find("--name", "events-kafka", "--queue", "kafka"), lines, "--only", "kafka");
  }

  /**
   * The same with a target that is an ordinary Milvus, and takes writes of everybody.
   *
   * @throws StackException with the cure
   */
  public static LocalStack upWritableTarget(Consumer<String> lines) {
    return up(
        Script.find("--name", "writable-target"),
        lines,
        "--writable-target",
        "--only",
        "etcd",
        "--only",
        "target");
  }

  /**
   * The same with a target that is a Milvus Lite, and nothing else.
   *
   * @throws StackException with the cure, where Python is older than 3.10, too
   */
  public static LocalStack upLiteTarget(Consumer<String> lines) {
    return up(Script.find("--name", "lite-target"), lines, "--lite-target", "--only", "target");
  }

  /**
   * A stack of this name, with everything that the ordinary one has, for whoever wants to be alone.
   *
   * @param name small letters, digits and dashes
   * @param queue what the source writes to, {@code pulsar} or {@code kafka}
   * @throws StackException with the cure
   */
  public static LocalStack upNamed(String name, String queue, Consumer<String> lines) {
    return up(Script.find("--name", name, "--queue", queue), lines);
  }

  /**
   * Of such a stack nothing but its etcd and its queue: each Milvus is to be started, and finds
   * settings in etcd if there are any.
   *
   * @throws StackException with the cure
   */
  public static LocalStack upWithoutMilvus(String name, String queue, Consumer<String> lines) {
    Script script = Script.find("--name", name, "--queue", queue);
    return up(script, lines, "--only", "etcd", "--only", queue);
  }

  private static LocalStack up(Script script, Consumer<String> lines, String... options) {
    script.run(lines, Stream.concat(Stream.of("up"), Stream.of(options)).toArray(String[]::new));
    return new LocalStack(script, status(script));
  }

  public Addresses addresses() {
    return addresses;
  }

  /** What a secure stack asks for. */
  public Credentials credentials() {
    if (credentials == null) {
      throw new IllegalStateException(this + " asks for none");
    }
    return credentials;
  }

  /** Whether every part runs and answers. */
  public boolean healthy() {
    return status(script).path("healthy").asBoolean();
  }

  /** The process of a part that runs. */
  public ProcessHandle process(Part part) {
    long pid =
        status(script)
            .required("parts")
            .required(part.argument(addresses))
            .required("pid")
            .asLong();
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new StackException("%s of %s does not run".formatted(part, this), null));
  }

  /** Kills a part, as a crash would. It stays down until it is started. */
  public void kill(Part part) {
    script.run(line -> {}, "kill", part.argument(addresses));
  }

  /** Starts a part and waits until it is healthy. */
  public void start(Part part) {
    script.run(line -> {}, "start", part.argument(addresses));
  }

  /** Kills a part, starts it, and waits until it is healthy. */
  public void restart(Part part) {
    script.run(line -> {}, "restart", part.argument(addresses));
  }

  /** Stops everything and forgets its data. What was downloaded stays. */
  public void wipe() {
    script.run(line -> {}, "down", "--wipe");
  }

  /** The command that takes the stack down, for telling a person. */
  public String downCommand() {
    return "python3 %s down".formatted(script);
  }

  private static JsonNode status(Script script) {
    String text = script.output("status", "--json");
    try {
      JsonNode status = JSON.readTree(text);
      if (!status.isObject()) {
        throw new StackException("%s status --json answers nothing".formatted(script), null);
      }
      return status;
    } catch (JsonProcessingException e) {
      throw new StackException("%s status --json answers no JSON: %s".formatted(script, text), e);
    }
  }

  @Override
  public String toString() {
    return "LocalStack[" + script + "]";
  }
}
