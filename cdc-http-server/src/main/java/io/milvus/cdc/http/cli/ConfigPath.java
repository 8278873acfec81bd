package io.milvus.cdc.http.cli;

import io.milvus.cdc.http.config.ConfigFile;
import io.milvus.cdc.http.config.ServerConfig;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Locates the configuration. */
final class ConfigPath {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Our own configuration, or the Go server's. Default: ${DEFAULT-VALUE}",
      defaultValue = "configs/cdc.yaml")
  private Path config = Path.of("configs/cdc.yaml");

  ServerConfig read(Map<String, String> environment) {
    return ConfigFile.read(config, environment);
  }
}
