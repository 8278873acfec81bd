package io.milvus.cdc.http.cli;

import io.milvus.cdc.http.config.ConfigFile;
import io.milvus.cdc.http.config.ServerConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Locates the configuration, and holds the options that override it. */
final class ConfigOptions {
  @Mixin private ConfigPath config = new ConfigPath();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "The address to listen on, instead of the address in the file.")
  private @Nullable String listen;

  @Option(names = "--insecure", description = "Lets other machines in without a token or TLS.")
  private boolean insecure;

  ServerConfig read() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (listen != null) {
      environment.put(ConfigFile.LISTEN, listen);
    }
    if (insecure) {
      environment.put(ConfigFile.INSECURE, "true");
    }
    return config.read(environment);
  }
}
