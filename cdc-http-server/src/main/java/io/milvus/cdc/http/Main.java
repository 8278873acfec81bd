package io.milvus.cdc.http;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.config.ConfigFile;
import io.milvus.cdc.http.config.ServerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The program. */
public final class Main {
  private static final String LOGGING = "logback.configurationFile";
  private static final String LEVEL = "cdc.log.level";

  private Main() {}

  /** Runs a server until the process is told to end. */
  public static void main(String[] arguments) throws InterruptedException {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "io/milvus/cdc/http/logback-server.xml");
    }
    int status = run(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(String[] arguments) throws InterruptedException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    Path config = Path.of("configs/cdc.yaml");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "server" -> {}
        case "--config" -> config = Path.of(arguments[++i]);
        case "--listen" -> environment.put(ConfigFile.LISTEN, arguments[++i]);
        case "--insecure" -> environment.put(ConfigFile.INSECURE, "true");
        default -> {
          System.err.println("Unknown argument " + arguments[i]);
          return 2;
        }
      }
    }
    try {
      ServerConfig settings = ConfigFile.read(config, environment);
      System.setProperty(LEVEL, settings.logLevel());
      CdcServer server = CdcServer.start(settings);
      CountDownLatch end = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.close();
                    end.countDown();
                  },
                  "cdc-end"));
      end.await();
      return 0;
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      return 2;
    }
  }
}
