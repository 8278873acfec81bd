package io.milvus.cdc.targets.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.event.SchemaEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records which changes of the catalog were sent: the state of a session in the checkpoint. The
 * engine repeats a creation after a crash, and all databases and aliases whenever it starts.
 */
final class SentChanges {
  /** More changes than can be sent without being in the checkpoint yet. */
  private static final int RECENT = 16;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String life;

  /**
   * Creations by their ids, as long as the created object exists; for a collection with its name.
   */
  private final Map<String, String> standing = new LinkedHashMap<>();

  /** Ids of the latest other changes, oldest first. */
  private final Set<String> recent = new LinkedHashSet<>();

  private SentChanges(String life) {
    this.life = life;
  }

  static SentChanges parse(String sessionState) {
    if (sessionState.isEmpty()) {
      return new SentChanges(UUID.randomUUID().toString());
    }
    try {
      JsonNode node = JSON.readTree(sessionState);
      SentChanges sent = new SentChanges(node.path("life").asText());
      node.path("standing")
          .properties()
          .forEach(entry -> sent.standing.put(entry.getKey(), entry.getValue().asText()));
      node.path("recent").forEach(id -> sent.recent.add(id.asText()));
      return sent;
    } catch (JsonProcessingException e) {
      throw new CorruptCheckpointException(
          "The target's part of the checkpoint cannot be read: " + e.getMessage(), "", e);
    }
  }

  String text() {
    ObjectNode node = JSON.createObjectNode().put("life", life);
    standing.forEach(node.putObject("standing")::put);
    recent.forEach(node.putArray("recent")::add);
    return node.toString();
  }

  /** Returns the name of the task's life, which begins with its first session. */
  String life() {
    return life;
  }

  boolean has(String id) {
    return standing.containsKey(id) || recent.contains(id);
  }

  /** Returns whether a collection exists under this name. */
  boolean has(Table table) {
    return nameOf(table).equals(standing.get(SchemaEvent.CreateCollection.id(table.id())));
  }

  private static String nameOf(Table table) {
    return table.database() + "/" + table.name();
  }

  Collection<String> without(Collection<String> ids) {
    return ids.stream().filter(id -> !has(id)).toList();
  }

  /**
   * Records a change.
   *
   * @param table the collection at that time; null if the change concerns no collection
   */
  void add(String id, SchemaEvent event, @Nullable Table table) {
    event.accept(new Recorder(id, table));
  }

  /** Records a rename that the queue has and the checkpoint had not. */
  void addRename(String id, Table table) {
    standing.put(SchemaEvent.CreateCollection.id(table.id()), nameOf(table));
    addRecent(id);
  }

  private void addRecent(String id) {
    recent.add(id);
    if (recent.size() > RECENT) {
      recent.remove(recent.iterator().next());
    }
  }

  /** Records one change: adds what it creates, and removes what is gone or moved. */
  private final class Recorder implements SchemaEvent.Visitor<RuntimeException> {
    private final String id;
    private final @Nullable Table table;

    Recorder(String id, @Nullable Table table) {
      this.id = id;
      this.table = table;
    }

    @Override
    public void createDatabase(SchemaEvent.CreateDatabase event) {
      standing.put(id, "");
    }

    @Override
    public void dropDatabase(SchemaEvent.DropDatabase event) {
      standing.remove(new SchemaEvent.CreateDatabase(event.timestamp(), event.database()).id());
      addRecent(id);
    }

    @Override
    public void createCollection(SchemaEvent.CreateCollection event) {
      standing.put(id, nameOf(Objects.requireNonNull(table)));
      // A collection that is copied again can be dropped once more.
      recent.remove(event.opposite().id());
    }

    @Override
    public void dropCollection(SchemaEvent.DropCollection event) {
      standing.remove(SchemaEvent.CreateCollection.id(event.collection().id()));
      // A collection that is copied again gets its partitions once more.
      event.collection().partitions().values().stream()
          .map(one -> new SchemaEvent.CreatePartition(0, event.database(), event.collection(), one))
          .forEach(creation -> recent.remove(creation.id()));
      addRecent(id);
    }

    @Override
    public void renameCollection(SchemaEvent.RenameCollection event) {
      addRename(id, Objects.requireNonNull(table));
    }

    @Override
    public void createPartition(SchemaEvent.CreatePartition event) {
      addRecent(id);
    }

    @Override
    public void dropPartition(SchemaEvent.DropPartition event) {
      addRecent(id);
    }

    @Override
    public void setAlias(SchemaEvent.SetAlias event) {
      forget(event.alias().name());
      standing.put(id, "");
    }

    @Override
    public void dropAlias(SchemaEvent.DropAlias event) {
      forget(event.alias().name());
      addRecent(id);
    }

    private void forget(AliasName alias) {
      standing.keySet().removeIf(one -> one.startsWith(SchemaEvent.SetAlias.idPrefix(alias)));
    }
  }
}
