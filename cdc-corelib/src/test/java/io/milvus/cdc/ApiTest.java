package io.milvus.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.milvus.cdc.annotation.Incubating;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API is what {@code src/test/api.txt} lists: a change of it is seen in review. After an
 * intended change copy {@code target/api.txt} over that file.
 */
class ApiTest {
  private static final Path LIST = Path.of("src/test/api.txt");
  private static final Path NOW = Path.of("target/api.txt");
  private static final Set<String> OF_OBJECT = Set.of("equals", "hashCode", "toString");

  @Test
  void thePublicApiIsTheListedOne() throws Exception {
    String now = types().map(ApiTest::describe).collect(Collectors.joining("\n"));
    Files.writeString(NOW, now);

    assertThat(now.lines())
        .as("If the change of the API is intended, copy %s to %s", NOW, LIST)
        .containsExactlyElementsOf(Files.readAllLines(LIST));
  }

  private static Stream<Class<?>> types() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.milvus.cdc")
            .stream()
            .filter(type -> !type.getPackageName().startsWith("io.milvus.cdc.internal"))
            .filter(type -> !type.getPackageName().startsWith("io.milvus.cdc.proto"))
            .filter(ApiTest::isPublic)
            .sorted((one, other) -> one.getName().compareTo(other.getName()))
            .map(JavaClass::reflect);
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ApiTest::isPublic).orElse(true);
  }

  private static String describe(Class<?> type) {
    boolean incubating =
        type.isAnnotationPresent(Incubating.class)
            || type.getPackage().isAnnotationPresent(Incubating.class);
    Stream<String> members =
        Stream.of(
                Arrays.stream(type.getDeclaredFields())
                    .filter(ApiTest::isShown)
                    .map(Field::toGenericString),
                Arrays.stream(type.getDeclaredConstructors())
                    .filter(ApiTest::isShown)
                    .map(Constructor::toGenericString),
                Arrays.stream(type.getDeclaredMethods())
                    .filter(ApiTest::isShown)
                    .filter(method -> !method.isBridge() && !OF_OBJECT.contains(method.getName()))
                    .map(
                        method ->
                            (method.isAnnotationPresent(Incubating.class) ? "@Incubating " : "")
                                + method.toGenericString()))
            .flatMap(all -> all)
            .map(member -> member.replace(type.getTypeName() + ".", "").replace("java.lang.", ""))
            .sorted()
            .map(member -> "  " + member);
    return Stream.concat(
            Stream.of((incubating ? "@Incubating " : "") + type.toGenericString()), members)
        .collect(Collectors.joining("\n"));
  }

  private static boolean isShown(Member member) {
    boolean visible =
        Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
    return visible && !member.isSynthetic();
  }
}
