package io.milvus.cdc.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.milvus.cdc.http.cli.CommandLineTool;
import io.milvus.cdc.http.config.ConfigFile;
import io.milvus.cdc.http.config.Exposure;
import io.milvus.cdc.http.config.ServerConfig;
import io.milvus.cdc.http.config.StoreChoice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files under {@code deploy} name is what the program has. */
class DeployTest {
  private static final Path DEPLOY = Path.of("deploy");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final int PORT = 8444;
  private static final Set<String> VARIABLES =
      Set.of(
          ConfigFile.TOKEN,
          ConfigFile.KEY,
          ConfigFile.LISTEN,
          ConfigFile.STATE,
          ConfigFile.INSECURE);

  @TempDir private Path directory;

  private static String file(String name) throws Exception {
    return Files.readString(DEPLOY.resolve(name));
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static Map<String, String> ofImage() throws Exception {
    Map<String, String> environment = new HashMap<>();
    for (String setting : found("(MILVUS_CDC_\\w+=\\S+)", file("Dockerfile"))) {
      environment.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
    }
    return environment;
  }

  private List<String> openPaths() {
    try (OneServer server = OneServer.at(directory.resolve("state"), "token: sesame")) {
      return List.of("/healthz", "/readyz").stream()
          .filter(path -> server.http().get(path).status() == 200)
          .toList();
    }
  }

  private static void assertIsCommand(List<String> arguments) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    List<String> help = new ArrayList<>(arguments);
    help.add("--help");
    assertThat(CommandLineTool.run(writer, writer, help.toArray(String[]::new))).isZero();
    assertThat(out.toString()).contains("milvus-cdc server");
  }

  @Test
  void theImageRunsTheServerAndLooksAfterIt() throws Exception {
    String dockerfile = file("Dockerfile");

    assertThat(VARIABLES).containsAll(ofImage().keySet());
    assertThat(ofImage()).containsEntry(ConfigFile.LISTEN, "0.0.0.0:" + PORT);
    assertThat(found("^EXPOSE (\\d+)", dockerfile)).containsExactly("" + PORT);
    assertThat(found("^VOLUME (.*)", dockerfile)).containsExactly(ofImage().get(ConfigFile.STATE));
    assertThat(found("^USER (\\d+)", dockerfile)).containsExactly("10001");
    assertThat(openPaths()).containsAll(found("GET (/\\w+) HTTP", dockerfile));
    assertIsCommand(words(found("^CMD \\[(.*)]", dockerfile).get(0)));
    String jar = found("target/(\\S+\\.jar)", dockerfile).get(0);
    assertThat(Files.readString(Path.of("pom.xml"))).contains("/" + jar + "</outputFile>");
    assertThat(dockerfile.substring(dockerfile.indexOf("\nENTRYPOINT")))
        .contains("/opt/milvus-cdc/" + jar, "@/opt/milvus-cdc/jvm.options");
    for (String module : found("-pl (\\S+)", dockerfile).get(0).split(",", -1)) {
      assertThat(Path.of("..", module, "pom.xml")).exists();
    }
  }

  @Test
  void allSourcesAreInTheImagesContext() throws Exception {
    Path root = Path.of("..");
    List<PathMatcher> ignored =
        file("Dockerfile.dockerignore")
            .lines()
            .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
            .toList();
    List<Path> sources = new ArrayList<>();
    for (String module : found("-pl (\\S+)", file("Dockerfile")).get(0).split(",", -1)) {
      try (Stream<Path> all = Files.walk(root.resolve(module).resolve("src/main"))) {
        all.map(root::relativize).forEach(sources::add);
      }
    }

    assertThat(sources).hasSizeGreaterThan(500);
    assertThat(sources).noneMatch(source -> ignored.stream().anyMatch(one -> one.matches(source)));
    assertThat(ignored).anyMatch(one -> one.matches(Path.of("cdc-corelib/target")));
  }

  @Test
  void aJvmTakesTheOptions() throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + DEPLOY.resolve("jvm.options"),
                "-XX:+PrintFlagsFinal",
                "-version")
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(java.waitFor()).as(said).isZero();
    assertThat(said).containsPattern("UseSerialGC +:?= true");
  }

  private static List<String> words(String json) {
    return List.of(json.replace("\"", "").split(", ", -1));
  }

  @Test
  void composeStartsAServerThatKnowsTheOthers() throws Exception {
    JsonNode compose = YAML.readTree(file("compose.yaml"));
    JsonNode services = compose.path("services");
    JsonNode cdc = services.path("cdc");
    Map<String, String> environment = ofImage();
    cdc.path("environment").properties().forEach(v -> environment.put(v.getKey(), "true"));
    environment.put(ConfigFile.KEY, OneServer.KEY);
    assertThat(VARIABLES).containsAll(environment.keySet());

    String yaml = compose.at("/configs/cdc/content").asText();
    ServerConfig config = ConfigFile.parse(yaml, environment);

    Exposure.check(config);
    assertThat(config.token()).isNotNull();
    assertThat(config.listen()).isEqualTo(new ServerConfig.Listen("0.0.0.0", PORT));
    assertThat(found("//([a-z]+):\\d+", yaml))
        .hasSize(5)
        .allSatisfy(host -> assertThat(services.has(host)).as(host).isTrue());
    assertThat(cdc.at("/ports/0").asText()).isEqualTo("127.0.0.1:%d:%d".formatted(PORT, PORT));
    assertThat(cdc.at("/volumes/0").asText()).endsWith(":" + ofImage().get(ConfigFile.STATE));
    assertThat(file("Dockerfile")).contains(cdc.at("/configs/0/target").asText());
    assertThat(
            Path.of(
                "deploy", cdc.at("/build/context").asText(), cdc.at("/build/dockerfile").asText()))
        .exists();
    JsonNode standby = YAML.readTree(compose.at("/configs/target/content").asText());
    assertThat(standby.at("/common/ttMsgEnabled").asBoolean(true)).isFalse();
    assertThat(YAML.readTree(yaml).at("/targets/standby/rootPath"))
        .isEqualTo(standby.at("/etcd/rootPath"));
    services.forEach(
        service ->
            service
                .path("volumes")
                .forEach(
                    volume ->
                        assertThat(compose.path("volumes").has(volume.asText().split(":", 2)[0]))
                            .isTrue()));
  }

  @Test
  void kubernetesProbesWhatIsThereAndTrustsNobody() throws Exception {
    List<JsonNode> documents =
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(file("kubernetes.yaml")).readAll();
    assertThat(documents)
        .extracting(document -> document.path("kind").asText())
        .containsExactly("ConfigMap", "Service", "StatefulSet");
    JsonNode pod = documents.get(2).at("/spec/template/spec");
    JsonNode server = pod.at("/containers/0");
    Map<String, String> environment = new HashMap<>();
    for (JsonNode variable : server.path("env")) {
      environment.put(variable.path("name").asText(), variable.path("value").asText("made"));
      JsonNode key = variable.at("/valueFrom/secretKeyRef/key");
      assertThat(file("kubernetes.yaml"))
          .contains(key.isMissingNode() ? "" : "--from-literal=%s=".formatted(key.asText()));
    }
    assertThat(VARIABLES).containsAll(environment.keySet());
    environment.put(ConfigFile.KEY, OneServer.KEY);

    ServerConfig config =
        ConfigFile.parse(documents.get(0).path("data").path("cdc.yaml").asText(), environment);

    Exposure.check(config);
    assertThat(config.insecure()).isFalse();
    assertThat(config.listen().port()).isEqualTo(server.at("/ports/0/containerPort").asInt());
    assertThat(mounts(server))
        .contains(
            ((StoreChoice.Files) config.store()).directory().toString(),
            config.tls().certificate().getParent().toString(),
            config.tls().key().getParent().toString(),
            server.at("/args/2").asText());
    assertIsCommand(found("\"([^\"]*)\"", server.path("args").toString()));
    List<String> open = openPaths();
    for (String probe : new String[] {"startupProbe", "livenessProbe", "readinessProbe"}) {
      JsonNode get = server.path(probe).path("httpGet");
      assertThat(open).contains(get.path("path").asText());
      assertThat(get.path("port")).isEqualTo(server.at("/ports/0/name"));
      assertThat(get.path("scheme").asText()).isEqualTo("HTTPS");
    }
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(file("Dockerfile")).contains("USER " + pod.at("/securityContext/runAsUser").asInt());
    assertThat(server.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(server.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
  }

  private static List<String> mounts(JsonNode container) {
    List<String> paths = new ArrayList<>();
    container.path("volumeMounts").forEach(mount -> paths.add(mount.path("mountPath").asText()));
    return paths;
  }
}
