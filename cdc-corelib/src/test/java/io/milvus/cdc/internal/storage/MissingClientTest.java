package io.milvus.cdc.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.StorageEndpoint;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client for S3 is an optional dependency. */
class MissingClientTest {
  @TempDir private Path folder;

  private static URLClassLoader withoutTheClient() throws Exception {
    List<URL> rest = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!Path.of(entry).getFileName().toString().matches("(s3|url-connection-client)-.*")) {
        rest.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(rest.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  @Test
  void onlyS3NeedsIt() throws Exception {
    try (URLClassLoader loader = withoutTheClient()) {
      Class<?> endpoints = loader.loadClass(StorageEndpoint.class.getName());
      Class<?> storages = loader.loadClass(ObjectStorage.class.getName());
      Method open = storages.getMethod("open", endpoints);
      Object s3 =
          endpoints
              .getMethod("s3", String.class, String.class)
              .invoke(null, "http://minio:9000", "a-bucket");
      Object directory = endpoints.getMethod("directory", Path.class).invoke(null, folder);

      assertThat(open.invoke(null, directory)).hasToString("directory " + folder);
      assertThatThrownBy(() -> open.invoke(null, s3))
          .rootCause()
          .isInstanceOf(ClassNotFoundException.class);
      assertThatThrownBy(() -> open.invoke(null, s3))
          .cause()
          .hasMessageContainingAll("not on the classpath", "software.amazon.awssdk:s3");
    }
  }
}
