package io.milvus.cdc;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.stream.Stream;

/** Who may enter which room. */
@AnalyzeClasses(packages = "io.milvus.cdc", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "io.milvus.cdc";
  private static final String[] PLAIN = {"java..", "javax.net.ssl..", "org.jspecify.annotations"};

  private static DescribedPredicate<JavaClass> rooms(String... names) {
    String[] packages =
        Stream.concat(Stream.of(PLAIN), Stream.of(names).map(name -> ROOT + "." + name))
            .toArray(String[]::new);
    return resideInAnyPackage(packages).as("the JDK or " + String.join(", ", names));
  }

  @ArchTest
  static final ArchRule DATA_IS_PLAIN =
      classes()
          .that()
          .resideInAnyPackage(
              ROOT + ".event", ROOT + ".error", ROOT + ".catalog", ROOT + ".preflight")
          .should()
          .onlyDependOnClassesThat(rooms("event", "error", "catalog", "preflight"))
          .because("everybody passes these around, so they must bring nobody along");

  @ArchTest
  static final ArchRule SPIS_SPEAK_DATA =
      classes()
          .that()
          .resideInAnyPackage(ROOT + ".source", ROOT + ".target")
          .should()
          .onlyDependOnClassesThat(
              rooms("source", "target", "event", "error", "catalog", "preflight"))
          .because("another source or target is written against these rooms alone");

  @ArchTest
  static final ArchRule THE_SPIS_DO_NOT_KNOW_EACH_OTHER =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".target..", ROOT + ".engine..", ROOT + ".order..", ROOT + ".checkpoint..")
          .because("any source must work with any target");

  @ArchTest
  static final ArchRule A_TARGET_KNOWS_NO_SOURCE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".target..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".source..", ROOT + ".engine..", ROOT + ".order..", ROOT + ".checkpoint..")
          .because("any source must work with any target");

  @ArchTest
  static final ArchRule STORES_KEEP_TEXTS =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".checkpoint..", ROOT + ".engine..", ROOT + ".source..", ROOT + ".target..")
          .because("whoever has something to keep says what it means");

  @ArchTest
  static final ArchRule THE_ENGINE_NAMES_NO_ADAPTER =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".engine..", ROOT + ".order..", ROOT + ".checkpoint..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".source.*..", ROOT + ".target.*..", ROOT + ".wire..")
          .because("the engine serves every source and target alike");

  @ArchTest
  static final ArchRule ONE_DOOR_TO_THE_ENGINE =
      noClasses()
          .that(not(resideInAPackage(ROOT + ".engine..")).and(not(named("CdcEngineBuilder"))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".engine..")
          .because("users see interfaces; the builder is the one place that knows what is behind");

  private static DescribedPredicate<JavaClass> named(String simpleName) {
    return DescribedPredicate.describe(
        "named " + simpleName, type -> type.getFullName().equals(ROOT + "." + simpleName));
  }

  private static ArchRule onlyIn(String what, String[] libraries, String... rooms) {
    String[] packages = Stream.of(rooms).map(room -> ROOT + "." + room).toArray(String[]::new);
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            Stream.concat(Stream.of(packages), Stream.of(ROOT + ".proto..")).toArray(String[]::new))
        .should(dependOnClassesThat(resideInAnyPackage(libraries)))
        .as("only " + String.join(", ", rooms) + " may name " + what)
        .because("a library that is named in one room can be replaced there");
  }

  @ArchTest
  static final ArchRule QUEUES =
      onlyIn(
          "Pulsar or Kafka",
          new String[] {"org.apache.pulsar..", "org.apache.kafka.."},
          "kafka",
          "pulsar",
          "source.mq",
          "target.kafka",
          "target.pulsar");

  @ArchTest
  static final ArchRule QUEUES_APART =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".kafka", ROOT + ".target.kafka")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pulsar..")
          .because("whoever uses one queue needs no library of the other");

  @ArchTest
  static final ArchRule ETCD =
      onlyIn("etcd's client", new String[] {"io.etcd.."}, "etcd", "source.milvus");

  @ArchTest
  static final ArchRule GRPC =
      onlyIn(
          "gRPC",
          new String[] {"io.grpc..", "io.milvus.shaded.."},
          "client",
          "source.milvus",
          "target.milvus");

  @ArchTest
  static final ArchRule MILVUS =
      onlyIn(
          "Milvus's messages or protobuf",
          new String[] {"io.milvus.grpc..", "milvus.proto..", "com.google.protobuf.."},
          "wire",
          "client",
          "compare",
          "source.decode",
          "source.milvus",
          "target.milvus");

  @ArchTest
  static final ArchRule JSON =
      onlyIn(
          "Jackson",
          new String[] {"com.fasterxml.."},
          "checkpoint",
          "compare",
          "deadletter",
          "source.mq",
          "target.events",
          "target.milvus");

  @ArchTest
  static final ArchRule LETTERS_ARE_DATA =
      classes()
          .that()
          .resideInAPackage(ROOT + ".deadletter")
          .should()
          .onlyDependOnClassesThat(
              rooms("deadletter", "event", "error").or(resideInAPackage("com.fasterxml..")))
          .because("letters outlive the task and the engine that wrote them");

  @ArchTest
  static final ArchRule TRANSFORMS_SEE_ROWS_ONLY =
      classes()
          .that()
          .resideInAPackage(ROOT + ".transform")
          .should()
          .onlyDependOnClassesThat(rooms("transform", "event", "catalog", "error", "wire"))
          .because("a transform is between any source and any target");

  @ArchTest
  static final ArchRule MEMORY_IS_AN_ADAPTER =
      classes()
          .that()
          .resideInAPackage(ROOT + ".memory")
          .should()
          .onlyDependOnClassesThat(
              rooms(
                  "memory",
                  "source",
                  "target",
                  "transform",
                  "event",
                  "catalog",
                  "error",
                  "preflight",
                  "wire"))
          .because("a source and a target for users' tests need nothing but what any of them do");

  @ArchTest
  static final ArchRule CONSUMERS_SEE_ROWS_ONLY =
      classes()
          .that()
          .resideInAPackage(ROOT + ".target.consumer")
          .should()
          .onlyDependOnClassesThat(
              rooms(
                  "target.consumer",
                  "target",
                  "transform",
                  "event",
                  "catalog",
                  "error",
                  "preflight"))
          .because("a consumer is a program's own, and may come with any source");

  @ArchTest
  static final ArchRule METERS = onlyIn("Micrometer", new String[] {"io.micrometer.."}, "metrics");

  /**
   * The front hall is two rooms: what tasks are (specs, states, handles, secrets), which others may
   * use, and the way in (the builder and the engine that hands it out), which uses others.
   */
  @ArchTest
  static final ArchRule NO_CIRCLES =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public String getDescription() {
                  return "rooms";
                }

                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  String name = type.getPackageName();
                  if (!name.startsWith(ROOT) || name.startsWith(ROOT + ".proto")) {
                    return SliceIdentifier.ignore();
                  }
                  boolean wayIn = type.getFullName().startsWith(ROOT + ".CdcEngine");
                  String room = name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
                  return SliceIdentifier.of(
                      room.isEmpty() ? wayIn ? "way in" : "front hall" : room);
                }
              })
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              resideInAPackage(ROOT + ".engine"),
              DescribedPredicate.describe(
                  "the interface it implements",
                  type -> type.getFullName().equals(ROOT + ".CdcEngine")))
          .because("what cannot be taken apart cannot be understood apart");

  @ArchTest
  static final ArchRule PUBLIC_SIGNATURES_ARE_OURS_OR_THE_JDKS =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat(
              resideInAnyPackage(
                      ROOT,
                      ROOT + ".event",
                      ROOT + ".catalog",
                      ROOT + ".error",
                      ROOT + ".source",
                      ROOT + ".target",
                      ROOT + ".preflight",
                      ROOT + ".checkpoint",
                      ROOT + ".transform",
                      ROOT + ".memory",
                      ROOT + ".target.consumer",
                      ROOT + ".deadletter",
                      ROOT + ".compare")
                  .and(DescribedPredicate.describe("public", RoomsTest::isPublic)))
          .should(haveOnlyOurTypes())
          .because("a library in a signature is a library that users must upgrade with us");

  @ArchTest
  static final ArchRule PUBLIC_SIGNATURES_OF_ADAPTERS_TOO =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat(
              resideInAnyPackage(
                      ROOT + ".source.milvus",
                      ROOT + ".target.milvus",
                      ROOT + ".target.events",
                      ROOT + ".target.kafka",
                      ROOT + ".target.pulsar")
                  .and(DescribedPredicate.describe("public", RoomsTest::isPublic)))
          .should(haveOnlyOurTypes())
          .because("users build sources and targets, and should see no etcd, Pulsar or gRPC");

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(RoomsTest::isPublic).orElse(true);
  }

  private static ArchCondition<JavaMethod> haveOnlyOurTypes() {
    return new ArchCondition<>("have only types of the JDK and ours") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Stream.concat(
                method.getReturnType().getAllInvolvedRawTypes().stream(),
                method.getParameterTypes().stream()
                    .flatMap(type -> type.getAllInvolvedRawTypes().stream()))
            .filter(type -> !type.getBaseComponentType().isPrimitive())
            .filter(type -> !type.getBaseComponentType().getPackageName().startsWith("java"))
            .filter(type -> !type.getBaseComponentType().getPackageName().startsWith(ROOT))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " shows " + type.getName())));
      }
    };
  }
}
