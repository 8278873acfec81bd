package io.milvus.cdc;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
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
  private static final String[] PLAIN = {
    "java..", "javax.net.ssl..", "org.jspecify.annotations", ROOT + ".annotation"
  };

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
          .because("every room passes these around, so they must bring no other room along");

  @ArchTest
  static final ArchRule ENDPOINTS_ARE_PLAIN =
      classes()
          .that()
          .resideInAPackage(ROOT + ".endpoint")
          .should()
          .onlyDependOnClassesThat(rooms("endpoint", "error"))
          .because("an address is a value: it contacts no server and needs no client's library");

  @ArchTest
  static final ArchRule SPIS_SPEAK_DATA =
      classes()
          .that()
          .resideInAnyPackage(ROOT + ".sources", ROOT + ".targets")
          .should()
          .onlyDependOnClassesThat(
              rooms("sources", "targets", "rows", "event", "error", "catalog", "preflight"))
          .because("another source or target is written against these rooms alone");

  @ArchTest
  static final ArchRule THE_SPIS_DO_NOT_KNOW_EACH_OTHER =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".sources..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".targets..",
              ROOT + ".internal.engine..",
              ROOT + ".internal.order..",
              ROOT + ".internal.checkpoint..")
          .because("any source must work with any target");

  @ArchTest
  static final ArchRule A_TARGET_KNOWS_NO_SOURCE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".targets..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".sources..",
              ROOT + ".internal.engine..",
              ROOT + ".internal.order..",
              ROOT + ".internal.checkpoint..")
          .because("any source must work with any target");

  @ArchTest
  static final ArchRule STORES_KEEP_TEXTS =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".internal.checkpoint..",
              ROOT + ".internal.engine..",
              ROOT + ".sources..",
              ROOT + ".targets..")
          .because("the room that keeps something knows its meaning");

  @ArchTest
  static final ArchRule THE_ENGINE_NAMES_NO_ADAPTER =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + ".internal.engine..",
              ROOT + ".internal.order..",
              ROOT + ".internal.checkpoint..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".sources.*..", ROOT + ".targets.*..", ROOT + ".internal.wire..")
          .because("the engine serves every source and target alike");

  @ArchTest
  static final ArchRule ONE_DOOR_TO_THE_ENGINE =
      noClasses()
          .that(
              not(resideInAPackage(ROOT + ".internal.engine.."))
                  .and(not(named("CdcEngine$Builder"))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".internal.engine..")
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
          "internal.kafka",
          "internal.pulsar",
          "internal.queue.kafka",
          "internal.queue.pulsar",
          "targets.kafka",
          "targets.pulsar");

  @ArchTest
  static final ArchRule QUEUES_APART =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + ".internal.kafka", ROOT + ".internal.queue.kafka", ROOT + ".targets.kafka")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pulsar..")
          .because("a user of one queue needs no library of the other");

  @ArchTest
  static final ArchRule ETCD =
      onlyIn(
          "etcd's client",
          new String[] {"io.etcd.."},
          "internal.etcd",
          "internal.segments",
          "sources.milvus");

  @ArchTest
  static final ArchRule S3 =
      onlyIn("the SDK of AWS", new String[] {"software.amazon.."}, "internal.storage");

  @ArchTest
  static final ArchRule GRPC =
      onlyIn("gRPC", new String[] {"io.grpc..", "io.milvus.shaded.."}, "internal.milvus");

  @ArchTest
  static final ArchRule MILVUS =
      onlyIn(
          "Milvus's messages or protobuf",
          new String[] {"io.milvus.grpc..", "milvus.proto..", "com.google.protobuf.."},
          "internal.wire",
          "internal.milvus",
          "internal.client",
          "internal.segments",
          "compare",
          "internal.decode",
          "internal.queue.dump",
          "internal.wal",
          "sources.milvus",
          "targets.milvus");

  @ArchTest
  static final ArchRule THE_LOG_IS_DECODED_WITHOUT_A_SERVER =
      classes()
          .that()
          .resideInAPackage(ROOT + ".internal.wal")
          .should()
          .onlyDependOnClassesThat(
              rooms(
                      "internal.wal",
                      "internal.decode",
                      "internal.wire",
                      "event",
                      "catalog",
                      "proto..")
                  .or(
                      resideInAnyPackage(
                          "io.milvus.grpc..", "milvus.proto..", "com.google.protobuf..")))
          .because("what a message means does not depend on how it came");

  @ArchTest
  static final ArchRule PARQUET =
      onlyIn(
          "Parquet or ZSTD",
          new String[] {"org.apache.parquet..", "shaded.parquet..", "com.github.luben.."},
          "internal.binlog");

  @ArchTest
  static final ArchRule BINLOGS_ARE_FILES =
      classes()
          .that()
          .resideInAPackage(ROOT + ".internal.binlog")
          .should()
          .onlyDependOnClassesThat(
              rooms("internal.binlog", "internal.wire", "internal.error", "error")
                  .or(
                      resideInAnyPackage(
                          "org.apache.parquet..",
                          "shaded.parquet..",
                          "com.github.luben..",
                          "com.fasterxml..")))
          .because("a reader of files needs no storage, source, target or engine");

  @ArchTest
  static final ArchRule JSON =
      onlyIn(
          "Jackson",
          new String[] {"com.fasterxml.."},
          "internal.binlog",
          "internal.checkpoint",
          "compare",
          "deadletter",
          "internal.queue.pulsar",
          "targets.events",
          "targets.milvus");

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
          .onlyDependOnClassesThat(rooms("transform", "rows", "event"))
          .because("a transform is between any source and any target");

  @ArchTest
  static final ArchRule ROWS_ARE_DATA =
      classes()
          .that()
          .resideInAPackage(ROOT + ".rows")
          .should()
          .onlyDependOnClassesThat(rooms("rows", "event", "catalog", "error", "internal.wire"))
          .because("sources, targets and transforms look into rows alike");

  @ArchTest
  static final ArchRule MEMORY_IS_AN_ADAPTER =
      classes()
          .that()
          .resideInAPackage(ROOT + ".memory")
          .should()
          .onlyDependOnClassesThat(
              rooms(
                  "memory", "sources", "targets", "rows", "event", "catalog", "error", "preflight"))
          .because("a source and a target for users' tests need nothing but what any of them do");

  @ArchTest
  static final ArchRule CONSUMERS_SEE_ROWS_ONLY =
      classes()
          .that()
          .resideInAPackage(ROOT + ".targets.consumer")
          .should()
          .onlyDependOnClassesThat(
              rooms(
                  "targets.consumer", "targets", "rows", "event", "catalog", "error", "preflight"))
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
              resideInAPackage(ROOT + ".internal.engine"),
              DescribedPredicate.describe(
                  "the interface it implements",
                  type -> type.getFullName().equals(ROOT + ".CdcEngine")))
          .because("what cannot be taken apart cannot be understood apart");

  @ArchTest
  static final ArchRule THE_API_SHOWS_ITSELF_AND_THE_JDK =
      classes()
          .that(resideInAPackage(ROOT + "..").and(not(behindTheApi())))
          .and(DescribedPredicate.describe("are public", RoomsTest::isPublic))
          .and()
          .resideOutsideOfPackage(ROOT + ".metrics")
          .should(showOnlyTheApi())
          .because("a library or an internal type in a signature binds users to its version");

  private static DescribedPredicate<JavaClass> behindTheApi() {
    return resideInAnyPackage(ROOT + ".internal..", ROOT + ".proto..").as("internal");
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(RoomsTest::isPublic).orElse(true);
  }

  private static ArchCondition<JavaClass> showOnlyTheApi() {
    return new ArchCondition<>("show only types of the API and the JDK") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream.concat(Stream.of(type), type.getMembers().stream().filter(RoomsTest::isShown))
            .forEach(
                shown ->
                    typesOf(shown)
                        .filter(seen -> !isApi(seen.getBaseComponentType()))
                        .forEach(
                            seen ->
                                events.add(
                                    SimpleConditionEvent.violated(
                                        type, shown + " shows " + seen.getName()))));
      }
    };
  }

  private static boolean isShown(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> typesOf(Object shown) {
    if (shown instanceof JavaClass type) {
      return Stream.concat(
          type.getSuperclass().stream().flatMap(parent -> parent.getAllInvolvedRawTypes().stream()),
          type.getInterfaces().stream()
              .flatMap(parent -> parent.getAllInvolvedRawTypes().stream()));
    }
    if (shown instanceof JavaField field) {
      return field.getType().getAllInvolvedRawTypes().stream();
    }
    JavaCodeUnit code = (JavaCodeUnit) shown;
    return Stream.of(
            code.getReturnType().getAllInvolvedRawTypes().stream(),
            code.getParameterTypes().stream()
                .flatMap(type -> type.getAllInvolvedRawTypes().stream()),
            code.getExceptionTypes().stream())
        .flatMap(types -> types);
  }

  private static boolean isApi(JavaClass type) {
    return type.isPrimitive()
        || type.getPackageName().startsWith("java")
        || resideInAPackage(ROOT + "..").test(type) && !behindTheApi().test(type) && isPublic(type);
  }
}
