package io.milvus.cdc.examples.testbed.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Controls a stack of etcd, Pulsar or Kafka, a source and a target Milvus. The stack outlives this
 * process; another process that starts it reuses it unchanged. Thread-safe.
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

  /** Downloads a program of the stack unless it is there. Returns its directory. */
  public static Path install(String software) {
    return Path.of(Script.find().output("install", software).strip());
  }

  /**
   * Starts the parts that are not running, and waits until they are healthy. Downloads them the
   * first time.
   *
   * @param lines receives the output, line by line
   * @throws StackException if Python is missing or a part does not start; the message has the
   *     remedy
   */
  public static LocalStack up(Consumer<String> lines) {
    return up(Script.find(), lines);
  }

  /**
   * Starts another stack, beside the ordinary one. Its etcd, Pulsar and target require credentials,
   * and are reached over TLS.
   *
   * @throws StackException as {@link #up(Consumer)}, and if {@code openssl} is missing
   */
  public static LocalStack upSecure(Consumer<String> lines) {
    return up(Script.find("--secure"), lines);
  }

  /**
   * Starts another stack, beside the ordinary one, whose source writes to Kafka.
   *
   * @throws StackException as {@link #up(Consumer)}
   */
  public static LocalStack upKafka(Consumer<String> lines) {
    return up(Script.find("--queue", "kafka"), lines);
  }

  /**
   * Starts only the Kafka of yet another stack. It requires credentials and is reached over TLS.
   *
   * @throws StackException as {@link #up(Consumer)}, and if {@code openssl} is missing
   */
  public static LocalStack upSecureKafkaAlone(Consumer<String> lines) {
    return up(Script.find("--queue", "kafka", "--secure"), lines, "--only", "kafka");
  }

  /**
   * Starts another stack, beside the ordinary one, whose source and target have these numbers of
   * physical channels ({@code rootCoord.dmlChannelNum}).
   *
   * @throws StackException as {@link #up(Consumer)}
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
   * Starts only the target of yet another stack, with an etcd. It is a second target for the
   * ordinary stack's source.
   *
   * @throws StackException as {@link #up(Consumer)}
   */
  public static LocalStack upSecondTarget(Consumer<String> lines) {
    return up(Script.find("--name", "second-target"), lines, "--only", "etcd", "--only", "target");
  }

  /**
   * Starts only the Kafka of yet another stack.
   *
   * @throws StackException as {@link #up(Consumer)}
   */
  public static LocalStack upKafkaAlone(Consumer<String> lines) {
    return up(Script.find("--name", "events-kafka", "--queue", "kafka"), lines, "--only", "kafka");
  }

  /**
   * Starts a target that is an ordinary Milvus and accepts all writers.
   *
   * @throws StackException as {@link #up(Consumer)}
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
   * Starts a target that is a Milvus Lite, and nothing else.
   *
   * @throws StackException as {@link #up(Consumer)}, and if Python is older than 3.10
   */
  public static LocalStack upLiteTarget(Consumer<String> lines) {
    return up(Script.find("--name", "lite-target"), lines, "--lite-target", "--only", "target");
  }

  /**
   * Starts a separate stack of this name, with all parts of the ordinary stack.
   *
   * @param name lower case letters, digits and dashes
   * @param queue the queue of the source, {@code pulsar} or {@code kafka}
   * @throws StackException as {@link #up(Consumer)}
   */
  public static LocalStack upNamed(String name, String queue, Consumer<String> lines) {
    return up(Script.find("--name", name, "--queue", queue), lines);
  }

  /**
   * Starts only the etcd and the queue of such a stack. Each Milvus must be started separately; it
   * reads settings from etcd if there are any.
   *
   * @throws StackException as {@link #up(Consumer)}
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

  /** Returns the credentials of a secure stack. */
  public Credentials credentials() {
    if (credentials == null) {
      throw new IllegalStateException(this + " needs no credentials");
    }
    return credentials;
  }

  /** Returns whether every part runs and answers. */
  public boolean healthy() {
    return status(script).path("healthy").asBoolean();
  }

  /** Returns the process of a running part. */
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

  /** Returns when each part was started, became healthy, or died, a line each. */
  public String history() {
    Path log = Path.of(status(script).required("dir").asText(), "logs", "supervisor.log");
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops all parts and deletes their data. Downloads stay. */
  public void wipe() {
    script.run(line -> {}, "down", "--wipe");
  }

  /** Returns the command that stops the stack, to show it to a person. */
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
