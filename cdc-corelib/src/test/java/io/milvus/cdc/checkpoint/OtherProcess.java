package io.milvus.cdc.checkpoint;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.store.FileStore;
import java.nio.file.Path;

/** Run as a process of its own: tries to own task {@code t} in a directory. */
final class OtherProcess {
  private OtherProcess() {}

  public static void main(String[] args) {
    try {
      CheckpointStore.in(FileStore.at(Path.of(args[0]))).claim("t").close();
      System.out.println("claimed");
    } catch (ConfigException e) {
      System.out.println("refused");
    }
  }
}
