package io.milvus.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibrariesTest {
  /** Loads the room again, without one library. */
  private static final class Without extends ClassLoader {
    private static final String ROOM = Libraries.class.getPackageName();

    private final String hidden;

    Without(String hidden) {
      super(LibrariesTest.class.getClassLoader());
      this.hidden = hidden;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(hidden)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(ROOM)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"org.apache.parquet.column", "org.apache.parquet.format", "com.github.luben"})
  void aMissingLibraryIsNamed(String hidden) throws Exception {
    ClassLoader loader = new Without(hidden);
    for (String door : List.of("RowSlices", "DeletedRows")) {
      Class<?> type = loader.loadClass(Without.ROOM + "." + door);
      Method method =
          List.of(type.getMethods()).stream()
              .filter(one -> List.of("open", "addAll").contains(one.getName()))
              .findFirst()
              .orElseThrow();
      Object receiver =
          door.equals("RowSlices")
              ? null
              : type.getConstructor(long.class, Path.class).newInstance(1L, Path.of("unused"));
      Object[] arguments =
          door.equals("RowSlices") ? new Object[] {null, null, null} : new Object[] {null};

      assertThatThrownBy(() -> method.invoke(receiver, arguments))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("A library for binlogs cannot be loaded (")
          .hasMessageContaining(hidden.replace('.', '/'))
          .hasMessageContaining("Add org.apache.parquet:parquet-column, ");
    }
  }
}
