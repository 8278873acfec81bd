package io.milvus.cdc.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may enter which room, here and in the core library. */
@AnalyzeClasses(packages = "io.milvus.cdc", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "io.milvus.cdc";
  private static final String HTTP = ROOT + ".http";

  @ArchTest
  static final ArchRule ONLY_THE_PUBLIC_API =
      noClasses()
          .that()
          .resideInAPackage(HTTP + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".internal..")
          .because("a program that embeds the library must be able to do all that the server does");

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
