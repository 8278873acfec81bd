package io.milvus.cdc.http;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Who may enter which room, here and in the core library. */
@AnalyzeClasses(packages = "io.milvus.cdc", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "io.milvus.cdc";
  private static final String HTTP = ROOT + ".http";

  /** Rooms that are there to be used, and the two adapters that users name. */
  private static final String[] PUBLIC = {
    ROOT,
    ROOT + ".error",
    ROOT + ".event",
    ROOT + ".catalog",
    ROOT + ".checkpoint",
    ROOT + ".store",
    ROOT + ".source",
    ROOT + ".target",
    ROOT + ".target.events",
    ROOT + ".metrics",
    ROOT + ".preflight",
    ROOT + ".deadletter",
    ROOT + ".transform",
    ROOT + ".compare"
  };

  private static final Set<String> NAMED =
      Set.of(
          ROOT + ".source.milvus.MilvusSource",
          ROOT + ".target.milvus.MilvusTarget",
          ROOT + ".target.kafka.KafkaTarget",
          ROOT + ".target.pulsar.PulsarTarget");

  private static final DescribedPredicate<JavaClass> BEHIND_THE_API =
      DescribedPredicate.describe(
          "what the core library keeps to itself",
          type ->
              resideInAPackage(ROOT + "..").test(type)
                  && !resideInAPackage(HTTP + "..").test(type)
                  && !(isPublic(type)
                      && (resideInAnyPackage(PUBLIC).test(type)
                          || NAMED.contains(outermost(type)))));

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  private static String outermost(JavaClass type) {
    return type.getFullName().replaceFirst("\\$.*", "");
  }

  @ArchTest
  static final ArchRule ONLY_THE_PUBLIC_API =
      noClasses()
          .that()
          .resideInAPackage(HTTP + "..")
          .should()
          .dependOnClassesThat(BEHIND_THE_API)
          .because("whoever embeds the library must be able to do all that the server does");

  private static ArchRule onlyIn(String what, String library, String... rooms) {
    return noClasses()
        .that()
        .resideInAPackage(HTTP + "..")
        .and()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because(what + " can be replaced in one room");
  }

  @ArchTest static final ArchRule JETTY = onlyIn("Jetty", "org.eclipse.jetty..", HTTP + ".web");

  @ArchTest
  static final ArchRule YAML =
      onlyIn("YAML", "com.fasterxml.jackson.dataformat..", HTTP + ".config", HTTP + ".rest");

  @ArchTest static final ArchRule LOGBACK = onlyIn("Logback", "ch.qos.logback..", HTTP + ".go");

  @ArchTest
  static final ArchRule NO_CIRCLES =
      slices()
          .matching(HTTP + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("what cannot be taken apart cannot be understood apart");

  @ArchTest
  static final ArchRule FACES_DO_NOT_KNOW_EACH_OTHER =
      noClasses()
          .that()
          .resideInAPackage(HTTP + ".go")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HTTP + ".rest")
          .because("both speak for the same tasks");
}
