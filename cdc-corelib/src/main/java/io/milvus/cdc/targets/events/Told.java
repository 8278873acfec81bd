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
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records which changes of the catalog were sent: the state of a session in the checkpoint. The
 * engine repeats a creation after a crash, and all databases and aliases whenever it starts.
 */
final class Told {
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

  private Told(String life) {
    this.life = life;
  }

  static Told parse(String sessionState) {
    if (sessionState.isEmpty()) {
      return new Told(UUID.randomUUID().toString());
    }
    try {
      JsonNode node = JSON.readTree(sessionState);
      Told told = new Told(node.path("life").asText());
      node.path("standing")
          .properties()
          .forEach(entry -> told.standing.put(entry.getKey(), entry.getValue().asText()));
      node.path("recent").forEach(id -> told.recent.add(id.asText()));
      return told;
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
    forget(event);
    if (table != null && event instanceof SchemaEvent.CreateCollection) {
      standing.put(id, nameOf(table));
    } else if (event instanceof SchemaEvent.CreateDatabase
        || event instanceof SchemaEvent.SetAlias) {
      standing.put(id, "");
    } else {
      addRecent(id);
    }
    if (table != null && event instanceof SchemaEvent.RenameCollection) {
      standing.put(SchemaEvent.CreateCollection.id(table.id()), nameOf(table));
    }
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

  /** Removes objects that are gone, or moved. */
  private void forget(SchemaEvent gone) {
    if (gone instanceof SchemaEvent.DropCollection drop) {
      standing.remove(SchemaEvent.CreateCollection.id(drop.collection().id()));
    } else if (gone instanceof SchemaEvent.DropDatabase drop) {
      standing.remove(new SchemaEvent.CreateDatabase(drop.timestamp(), drop.database()).id());
    } else if (gone instanceof SchemaEvent.DropAlias drop) {
      forget(drop.alias().name());
    } else if (gone instanceof SchemaEvent.SetAlias moved) {
      forget(moved.alias().name());
    }
  }

  private void forget(AliasName alias) {
    standing.keySet().removeIf(id -> id.startsWith(SchemaEvent.SetAlias.idPrefix(alias)));
  }
}
