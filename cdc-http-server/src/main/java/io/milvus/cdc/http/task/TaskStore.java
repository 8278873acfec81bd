package io.milvus.cdc.http.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.store.Claim;
import io.milvus.cdc.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stores a server's tasks across restarts, all in one text of a store. Of all servers that share
 * this store, the owner of the text's claim is active. Thread-safe.
 */
public final class TaskStore implements AutoCloseable {
  private static final String NAME = "server";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Claim claim;
  private final RecordJson records;
  private final String address;

  /** Holds the stored form of each task by its id. Guarded by this. */
  private final Map<String, JsonNode> tasks = new TreeMap<>();

  private TaskStore(Claim claim, RecordJson records, String address) {
    this.claim = claim;
    this.records = records;
    this.address = address;
  }

  /**
   * Claims the store, so that this server becomes active.
   *
   * @param address the address at which other machines reach this server
   * @throws io.milvus.cdc.error.AlreadyOwnedException if another server is active
   * @throws CorruptCheckpointException if the text is damaged; the result never lacks a task
   *     instead
   */
  public static TaskStore open(Store store, Vault vault, String address) {
    Claim claim = store.claim(NAME);
    boolean opened = false;
    try {
      TaskStore tasks = new TaskStore(claim, new RecordJson(vault), address);
      tasks.read(store);
      tasks.write();
      opened = true;
      return tasks;
    } finally {
      if (!opened) {
        claim.close();
      }
    }
  }

  /** Returns the address of the active server, or of the server that was active last. */
  public static Optional<String> addressIn(Store store) {
    return store.read(NAME).map(text -> parse(store, text).path("address").asText());
  }

  private void read(Store store) {
    claim
        .load()
        .ifPresent(
            text ->
                parse(store, text)
                    .path("tasks")
                    .forEach(task -> tasks.put(task.path("id").asText(), task)));
  }

  private static JsonNode parse(Store store, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new CorruptCheckpointException(
          "The tasks in %s are not valid: %s".formatted(store, e.getOriginalMessage()), "", e);
    }
  }

  /**
   * Returns all tasks that were saved and not deleted.
   *
   * @throws io.milvus.cdc.error.ConfigException if the vault has another key
   */
  public synchronized List<TaskRecord> load() {
    List<TaskRecord> all = new ArrayList<>();
    tasks.values().forEach(task -> all.add(records.read(task)));
    return all;
  }

  /**
   * Saves a new or changed task. Returns when the change survives a crash.
   *
   * @throws io.milvus.cdc.error.ConfigException if it contains secrets that cannot be stored
   * @throws io.milvus.cdc.error.CheckpointException if it cannot be stored
   */
  public synchronized void save(TaskRecord task) {
    change(task.id(), records.write(task));
  }

  /** Removes a task. Idempotent. */
  public synchronized void delete(String id) {
    change(id, null);
  }

  private void change(String id, @Nullable JsonNode next) {
    JsonNode before = next == null ? tasks.remove(id) : tasks.put(id, next);
    boolean written = false;
    try {
      write();
      written = true;
    } finally {
      if (!written && before != null) {
        tasks.put(id, before);
      } else if (!written) {
        tasks.remove(id);
      }
    }
  }

  private void write() {
    ObjectNode all = JSON.createObjectNode().put("address", address);
    ArrayNode list = all.putArray("tasks");
    tasks.values().forEach(list::add);
    claim.save(all.toPrettyString());
  }

  /**
   * Returns only if certainly no other server is active. Contacts nothing.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException if another server may be active
   */
  public void requireOwned() {
    claim.requireOwned();
  }

  /** Releases the store, so that another server can become active. */
  @Override
  public void close() {
    claim.close();
  }
}
