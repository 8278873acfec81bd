package io.milvus.cdc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the test jar may use. */
@AnalyzeClasses(
    packages = "io.milvus.cdc.contract",
    importOptions = ImportOption.OnlyIncludeTests.class)
class PublishedTestsTest {
  @ArchTest
  static final ArchRule CONTRACTS_USE_THE_PUBLIC_API =
      classes()
          .that()
          .resideInAPackage("io.milvus.cdc.contract")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.assertj..",
              "org.junit.jupiter.api..",
              "io.milvus.cdc.contract",
              "io.milvus.cdc.sources",
              "io.milvus.cdc.targets",
              "io.milvus.cdc.store",
              "io.milvus.cdc.rows",
              "io.milvus.cdc.event",
              "io.milvus.cdc.catalog",
              "io.milvus.cdc.error",
              "io.milvus.cdc.preflight")
          .because("another project runs them with our main jar, JUnit and AssertJ alone");
}
