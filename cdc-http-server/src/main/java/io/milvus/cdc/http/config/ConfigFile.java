package io.milvus.cdc.http.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.config.ServerConfig.Limits;
import io.milvus.cdc.http.config.ServerConfig.Listen;
import io.milvus.cdc.http.config.ServerConfig.Tls;
import io.milvus.cdc.http.fields.Dialect;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.http.task.TargetSpec;
import io.milvus.cdc.sources.milvus.MilvusSource;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a server's configuration: a file in YAML, and the environment, which has precedence. A file
 * with {@code sourceConfig} is the Go server's; it may contain our own names as well.
 */
public final class ConfigFile {
  /** Names the variables of the environment. */
  public static final String TOKEN = "MILVUS_CDC_TOKEN";

  public static final String KEY = "MILVUS_CDC_KEY";
  public static final String LISTEN = "MILVUS_CDC_LISTEN";
  public static final String STATE = "MILVUS_CDC_STATE";
  public static final String INSECURE = "MILVUS_CDC_INSECURE";

  private static final int PORT = 8444;

  private final Map<String, String> environment;

  private ConfigFile(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException if it is missing, is not YAML, or contains an invalid value
   */
  public static ServerConfig read(Path file, Map<String, String> environment) {
    try {
      return parse(Files.readString(file), environment);
    } catch (IOException e) {
      throw new ConfigException(
          "Configuration file %s cannot be read: %s.".formatted(file, e),
          "Set --config to its path.",
          e);
    } catch (ConfigException e) {
      throw new ConfigException("In %s: %s".formatted(file, e.what()), e.cure(), e);
    }
  }

  /** Reads the text of a file. */
  public static ServerConfig parse(String yaml, Map<String, String> environment) {
    YAMLMapper mapper =
        new YAMLMapper(
            YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    try {
      JsonNode document = mapper.readTree(yaml);
      return new ConfigFile(environment).read(Fields.of(document, Dialect.CONFIG));
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          "The configuration is not valid YAML: " + e.getOriginalMessage(), "", e);
    }
  }

  private ServerConfig read(Fields fields) {
    boolean fromGo = fields.has("sourceConfig");
    if (fromGo && fields.has("source")) {
      throw new ConfigException(
          "Both 'source' and 'sourceConfig', the Go server's, are set.", "Remove one of them.");
    }
    GoKeys go = new GoKeys(fields);
    if (fromGo) {
      go.refuseWhatWouldMislead();
    }
    MilvusSource source = fromGo ? go.source() : SourceKeys.read(fields.object("source")).build();
    ServerConfig config =
        new ServerConfig(
            listen(setting(LISTEN, fields.text(fromGo ? "address" : "listen"))),
            store(fields),
            advertise(fields.text("advertise")),
            secret("token", TOKEN, fields),
            tls(fields),
            "true".equals(environment.get(INSECURE)) || fields.flag("insecure", false),
            source,
            fromGo ? null : SourceKeys.api(fields.object("source").object("api")),
            targets(fields.object("targets")),
            secret("key", KEY, fields),
            fromGo ? go.replicateChannel() : null,
            fromGo ? go.limits(limits(fields)) : limits(fields),
            fields.number("memoryBudget", 0),
            fields.text("logLevel", "info"),
            fromGo ? go.withoutMeaning() : List.of());
    if (!fromGo) {
      fields.refuseUnread();
      return config;
    }
    List<String> ignored = new ArrayList<>(config.ignored());
    fields.unread().stream().filter(name -> !ignored.contains(name)).forEach(ignored::add);
    return ignoring(config, ignored);
  }

  private static ServerConfig ignoring(ServerConfig config, List<String> names) {
    return new ServerConfig(
        config.listen(),
        config.store(),
        config.advertise(),
        config.token(),
        config.tls(),
        config.insecure(),
        config.source(),
        config.sourceApi(),
        config.targets(),
        config.key(),
        config.replicateChannel(),
        config.limits(),
        config.memoryBudget(),
        config.logLevel(),
        names);
  }

  private @Nullable String setting(String variable, @Nullable String otherwise) {
    String set = environment.get(variable);
    return set == null || set.isEmpty() ? otherwise : set;
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }

  /** Reads a secret from the environment, from a file, or from the configuration itself. */
  private @Nullable Secret secret(String name, String variable, Fields fields) {
    String direct = fields.text(name);
    String file = fields.text(name + "File");
    String set = setting(variable, direct);
    if (set != null) {
      return new Secret(set);
    }
    if (file == null) {
      return null;
    }
    try {
      return new Secret(Files.readString(Path.of(file)).trim());
    } catch (IOException e) {
      throw new ConfigException("'%sFile' %s cannot be read: %s".formatted(name, file, e), "", e);
    }
  }

  private StoreChoice store(Fields fields) {
    Path state = Path.of(orElse(setting(STATE, fields.text("state")), "cdc-state"));
    return fields.has("store")
        ? StoreKeys.read(fields.object("store"), name -> environment.get(name))
        : new StoreChoice.Files(state);
  }

  private static @Nullable URI advertise(@Nullable String address) {
    try {
      return address == null ? null : new URI(address);
    } catch (URISyntaxException e) {
      throw new ConfigException(
          "'advertise' is '%s', which is not an address.".formatted(address),
          "Set an address like https://cdc-1:8444.",
          e);
    }
  }

  static Listen listen(@Nullable String address) {
    if (address == null) {
      return new Listen("127.0.0.1", PORT);
    }
    int colon = address.lastIndexOf(':');
    try {
      String host = address.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
      int port = Integer.parseInt(address.substring(colon + 1));
      if (port >= 0 && port <= 0xffff) {
        return new Listen(host.isEmpty() ? "0.0.0.0" : host, port);
      }
    } catch (NumberFormatException e) {
      throw notAnAddress(address, e);
    }
    throw notAnAddress(address, null);
  }

  private static ConfigException notAnAddress(String address, @Nullable Exception cause) {
    return new ConfigException(
        "'%s' is not an address to listen on.".formatted(address),
        "Set an address like 127.0.0.1:%d.".formatted(PORT),
        cause);
  }

  private static @Nullable Tls tls(Fields fields) {
    if (!fields.has("tls")) {
      return null;
    }
    Fields tls = fields.object("tls");
    return new Tls(Path.of(tls.required("certificate")), Path.of(tls.required("key")));
  }

  private static Map<String, TargetSpec> targets(Fields fields) {
    Map<String, TargetSpec> targets = new TreeMap<>();
    for (String name : fields.names()) {
      targets.put(name, TargetSpec.read(fields.object(name)));
    }
    return targets;
  }

  private static Limits limits(Fields fields) {
    Fields limits = fields.object("limits");
    Limits usual = Limits.DEFAULT;
    return new Limits(
        limits.integer("tasks", usual.tasks()),
        limits.integer("requestBytes", usual.requestBytes()),
        limits.integer("requestsPerSecond", usual.requestsPerSecond()),
        usual.nameLength());
  }
}
