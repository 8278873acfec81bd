package io.milvus.cdc.target.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.event.SchemaEvent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Which changes of the catalog have been told: what a session keeps in the checkpoint. The engine
 * repeats a creation after a crash, and what there is of databases and aliases whenever it begins.
 */
final class Told {
  /** More than can be told and not be in the checkpoint yet. */
  private static final int RECENT = 16;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String life;

  /** Ids of creations, for as long as what was created is there. */
  private final Set<String> standing = new LinkedHashSet<>();

  /** Ids of the last others, oldest first. */
  private final Set<String> recent = new LinkedHashSet<>();

  private Told(String life) {
    this.life = life;
  }

  static Told parse(String memento) {
    if (memento.isEmpty()) {
      return new Told(UUID.randomUUID().toString());
    }
    try {
      JsonNode node = JSON.readTree(memento);
      Told told = new Told(node.path("life").asText());
      node.path("standing").forEach(id -> told.standing.add(id.asText()));
      node.path("recent").forEach(id -> told.recent.add(id.asText()));
      return told;
    } catch (JsonProcessingException e) {
      throw new CorruptCheckpointException(
          "The target's part of the checkpoint cannot be read: " + e.getMessage(), e);
    }
  }

  String text() {
    ObjectNode node = JSON.createObjectNode().put("life", life);
    standing.forEach(node.putArray("standing")::add);
    recent.forEach(node.putArray("recent")::add);
    return node.toString();
  }

  /** Names the task's life, from its first session on. */
  String life() {
    return life;
  }

  boolean has(String id) {
    return standing.contains(id) || recent.contains(id);
  }

  Collection<String> without(Collection<String> ids) {
    return ids.stream().filter(id -> !has(id)).toList();
  }

  void add(String id, SchemaEvent event) {
    if (event instanceof SchemaEvent.CreateCollection
        || event instanceof SchemaEvent.CreateDatabase
        || event instanceof SchemaEvent.SetAlias) {
      forget(event);
      standing.add(id);
      return;
    }
    forget(event);
    recent.add(id);
    if (recent.size() > RECENT) {
      recent.remove(recent.iterator().next());
    }
  }

  /** What is there no more, or somewhere else. */
  private void forget(SchemaEvent gone) {
    if (gone instanceof SchemaEvent.DropCollection drop) {
      standing.remove(EventIds.created(drop.collection().id()));
    } else if (gone instanceof SchemaEvent.DropDatabase drop) {
      standing.remove(
          EventIds.of(new SchemaEvent.CreateDatabase(drop.timestamp(), drop.database())));
    } else if (gone instanceof SchemaEvent.DropAlias drop) {
      forget(drop.alias().name());
    } else if (gone instanceof SchemaEvent.SetAlias moved) {
      forget(moved.alias().name());
    }
  }

  private void forget(AliasName alias) {
    standing.removeIf(id -> id.startsWith(EventIds.anySettingOf(alias)));
  }
}
