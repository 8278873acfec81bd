package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent.CreateCollection;
import io.milvus.cdc.event.SchemaEvent.CreateDatabase;
import io.milvus.cdc.event.SchemaEvent.CreatePartition;
import io.milvus.cdc.event.SchemaEvent.Creation;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates databases, collections and partitions ahead of their turn, several at once. The target's
 * listing afterwards counts, not its answers. No tick is sent for them. Older rows may still follow
 * on the same channels, and the ticks behind those rows suffice.
 */
final class CreationsAhead {
  private final TargetRpc rpc;
  private final TargetCatalog target;
  private final CatalogRules rules;
  private final Counterparts counterparts;

  CreationsAhead(
      TargetRpc rpc, TargetCatalog target, CatalogRules rules, Counterparts counterparts) {
    this.rpc = rpc;
    this.target = target;
    this.rules = rules;
    this.counterparts = counterparts;
  }

  /** Creates them. Returns the creations that exist. */
  List<Creation> create(List<Creation> creations) throws InterruptedException {
    for (Creation creation : creations) {
      rules.await(creation);
    }
    Set<Creation> made = new HashSet<>();
    made.addAll(databases(only(creations, CreateDatabase.class)));
    made.addAll(collections(only(creations, CreateCollection.class)));
    made.addAll(partitions(only(creations, CreatePartition.class)));
    return creations.stream().filter(made::contains).toList();
  }

  private static <T extends Creation> List<T> only(List<Creation> events, Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private List<CreateDatabase> databases(List<CreateDatabase> events) throws InterruptedException {
    if (events.isEmpty()) {
      return List.of();
    }
    Set<String> there = new HashSet<>(target.databases());
    List<CreateDatabaseRequest> requests =
        events.stream()
            .map(event -> event.database().name())
            .filter(name -> !there.contains(name))
            .map(name -> CreateDatabaseRequest.newBuilder().setDbName(name).build())
            .toList();
    if (!requests.isEmpty()) {
      rpc.callAll(Methods.CREATE_DATABASE, requests);
      there.addAll(target.databases());
    }
    return events.stream().filter(event -> there.contains(event.database().name())).toList();
  }

  private List<CreateCollection> collections(List<CreateCollection> events)
      throws InterruptedException {
    List<@Nullable DescribeCollectionResponse> before = describe(events);
    List<CreateCollectionRequest> requests = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (before.get(i) == null) {
        requests.add(request(events.get(i)));
      }
    }
    rpc.callAll(Methods.CREATE_COLLECTION, requests);
    List<@Nullable DescribeCollectionResponse> after =
        requests.isEmpty() ? before : describe(events);
    List<CreateCollection> made = new ArrayList<>();
    List<Placed> placed = new ArrayList<>();
    List<DescribeCollectionResponse> found = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      DescribeCollectionResponse one = after.get(i);
      if (one != null && fits(events.get(i), one)) {
        made.add(events.get(i));
        placed.add(placed(events.get(i)));
        found.add(one);
        if (before.get(i) == null) {
          counterparts.created(events.get(i).creates());
        }
      }
    }
    counterparts.bind(placed, found);
    return made;
  }

  private List<@Nullable DescribeCollectionResponse> describe(List<CreateCollection> events)
      throws InterruptedException {
    return target.describe(
        events.stream()
            .map(
                event -> new TargetCatalog.Name(event.database().name(), event.collection().name()))
            .toList());
  }

  private CreateCollectionRequest request(CreateCollection event) {
    CollectionEntry collection = event.collection();
    return CollectionRequest.of(
        rules.base(collection.createdAt()),
        event.database().name(),
        collection,
        rules.schemaOf(collection));
  }

  private static Placed placed(CreateCollection event) {
    return new Placed(event.database(), event.collection());
  }

  /** Returns whether a collection can hold the rows. Its turn reports the reason if it cannot. */
  private boolean fits(CreateCollection event, DescribeCollectionResponse there) {
    try {
      rules.requireFit(event.database().name(), event.collection(), there);
      rules.requireSpread(event.database().name(), event.collection(), there);
      return true;
    } catch (TargetException e) {
      return false;
    }
  }

  private List<CreatePartition> partitions(List<CreatePartition> events)
      throws InterruptedException {
    List<CreatePartition> made = new ArrayList<>();
    List<CreatePartition> possible = new ArrayList<>();
    for (CreatePartition event : events) {
      if (counterparts.get(event.collection().id()) != null) {
        possible.add(event);
      }
    }
    if (possible.isEmpty()) {
      return made;
    }
    List<Map<String, Long>> before = listed(possible);
    List<CreatePartitionRequest> requests = new ArrayList<>();
    for (int i = 0; i < possible.size(); i++) {
      if (!before.get(i).containsKey(possible.get(i).partition().name())) {
        requests.add(request(possible.get(i)));
      }
    }
    rpc.callAll(Methods.CREATE_PARTITION, requests);
    List<Map<String, Long>> after = requests.isEmpty() ? before : listed(possible);
    for (int i = 0; i < possible.size(); i++) {
      CreatePartition event = possible.get(i);
      if (after.get(i).containsKey(event.partition().name())) {
        Binding binding = binding(event);
        counterparts.put(binding.with(binding.source().with(event.partition()), after.get(i)));
        made.add(event);
      }
    }
    return made;
  }

  private Binding binding(CreatePartition event) throws InterruptedException {
    return Objects.requireNonNull(counterparts.get(event.collection().id()));
  }

  private List<Map<String, Long>> listed(List<CreatePartition> events) throws InterruptedException {
    List<TargetCatalog.Name> names = new ArrayList<>();
    for (CreatePartition event : events) {
      names.add(binding(event).fullName());
    }
    return target.partitions(names);
  }

  private CreatePartitionRequest request(CreatePartition event) throws InterruptedException {
    Binding binding = binding(event);
    return CreatePartitionRequest.newBuilder()
        .setBase(rules.base(event.timestamp()))
        .setDbName(binding.database())
        .setCollectionName(binding.name())
        .setPartitionName(event.partition().name())
        .build();
  }
}
