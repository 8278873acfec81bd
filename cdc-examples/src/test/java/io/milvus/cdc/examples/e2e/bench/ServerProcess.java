package io.milvus.cdc.examples.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTTP server's program in a process of its own, on a port of its own. */
public final class ServerProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");
  private static final String STARTED = "--- started\n";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final int port;

  private ServerProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts the program with this configuration and state; returns once it listens. */
  public static ServerProcess start(Path config, Path state, Path log) throws Exception {
    ProcessBuilder command =
        command("server", "--config", config.toString(), "--listen", "127.0.0.1:0");
    command.environment().put("MILVUS_CDC_STATE", state.toString());
    return start(command, log);
  }

  /** Starts a server by this command; returns once it listens. */
  public static ServerProcess start(ProcessBuilder command, Path log) throws Exception {
    command
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Files.writeString(log, STARTED, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Process process = command.start();
    return new ServerProcess(process, log, awaitPort(process, log));
  }

  /** The program with these arguments, to be started. */
  public static ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", System.getProperty("cdc.server.jar")));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** Where it listens. */
  public String address() {
    return "http://127.0.0.1:" + port;
  }

  private static int awaitPort(Process process, Path log) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      Matcher listening = LISTENING.matcher(since(log));
      if (listening.find()) {
        return Integer.parseInt(listening.group(1));
      }
      Thread.sleep(20);
    }
    process.destroyForcibly();
    throw new AssertionError("The server does not listen:\n" + since(log));
  }

  private static String since(Path log) throws IOException {
    String all = Files.readString(log);
    return all.substring(all.lastIndexOf(STARTED) + STARTED.length());
  }

  /** What it has said since it was started. */
  public String output() {
    try {
      return since(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode get(String path) {
    return send("GET", path, "");
  }

  /** Whether this path is answered with success. */
  public boolean answers(String path) {
    try {
      return request("GET", path, "", Duration.ofSeconds(1)).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  public JsonNode post(String path, String body) {
    return send("POST", path, body);
  }

  public JsonNode send(String method, String path, String body) {
    try {
      HttpResponse<String> response = request(method, path, body, Duration.ofSeconds(60));
      if (response.statusCode() >= 300) {
        throw new AssertionError("%s %s: %s".formatted(method, path, response.body()));
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(output(), e);
    }
  }

  private HttpResponse<String> request(String method, String path, String body, Duration patience)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .timeout(patience)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sends it a signal, such as {@code STOP} or {@code CONT}. */
  public void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
        .inheritIO()
        .start()
        .waitFor();
  }

  /** Asks it to end, as an init system does. */
  public void terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("The server does not end:\n" + output());
    }
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }
}
