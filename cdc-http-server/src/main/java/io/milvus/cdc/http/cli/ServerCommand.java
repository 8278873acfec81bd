package io.milvus.cdc.http.cli;

import io.milvus.cdc.http.CdcServer;
import io.milvus.cdc.http.config.ServerConfig;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a server until the process receives a signal to stop. */
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a server until it is stopped, and resumes the tasks of its last run.",
      "",
      "The environment goes before the file: MILVUS_CDC_LISTEN, MILVUS_CDC_STATE, MILVUS_CDC_TOKEN,",
      "MILVUS_CDC_INSECURE, and MILVUS_CDC_KEY, the key that encrypts the credentials of tasks",
      "(32 bytes in base 64: openssl rand -base64 32). Without it a server whose state is in files",
      "creates one there, credentials.key, when it needs one.",
      "",
      "Servers on several machines stand in for each other if they share a store, in the file:",
      "  store: {etcd: ['http://etcd:2379']}  or  store: {jdbc: 'jdbc:postgresql://db/cdc', user: cdc}",
      "  advertise: http://cdc-1:8444",
      "One server is active. The others answer 503 with its address until it has died, and its",
      "lease of 'leaseSeconds' (5) has expired. All need the same MILVUS_CDC_KEY. The store's",
      "password is in MILVUS_CDC_STORE_PASSWORD.",
      ""
    })
final class ServerCommand implements Callable<Integer> {
  /** Read when Logback starts: see logback-server.xml. */
  private static final String LEVEL = "cdc.log.level";

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws InterruptedException {
    ServerConfig config = options.read();
    System.setProperty(LEVEL, config.logLevel());
    CdcServer server = CdcServer.start(config);
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
  }
}
