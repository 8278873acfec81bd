package io.milvus.cdc.http.go;

import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.config.ServerConfig.Limits;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.http.task.TargetSpec;
import io.milvus.cdc.http.task.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a {@code create} request, and checks it in the Go server's order. */
final class CreateRequest {
  private static final Logger LOG = LoggerFactory.getLogger(CreateRequest.class);
  private static final String DEFAULT_DATABASE = "default";

  private final Function<Map<String, String>, StartFrom.At> positions;
  private final Limits limits;
  private final @Nullable String replicateChannel;

  CreateRequest(
      Function<Map<String, String>, StartFrom.At> positions,
      Limits limits,
      @Nullable String replicateChannel) {
    this.positions = positions;
    this.limits = limits;
    this.replicateChannel = replicateChannel;
  }

  /** Holds a collection by name, and the positions from which to read it. */
  record Entry(String name, Map<String, String> positions, boolean fromStart) {}

  /** Holds one rule of {@code name_mapping}. */
  record Rename(String source, String target, Map<String, String> collections) {}

  /** Holds the values of a request. Their types are checked, their content is not. */
  record Parsed(
      Downstream downstream,
      int bufferPeriod,
      int bufferSize,
      List<Entry> collections,
      Map<String, List<Entry>> databases,
      String channel,
      String channelPosition,
      boolean access,
      List<Rename> renames,
      boolean disableAutoStart,
      String taskId,
      String origin) {}

  Parsed read(Fields data) {
    Map<String, List<Entry>> databases = new LinkedHashMap<>();
    Fields byDatabase = data.object("db_collections");
    byDatabase.names().forEach(name -> databases.put(name, entries(byDatabase, name)));
    Fields channel = data.object("rpc_channel_info");
    Fields buffer = data.object("buffer_config");
    Downstream downstream = Downstream.read(data);
    return new Parsed(
        downstream,
        buffer.integer("period", 0),
        buffer.integer("size", 0),
        entries(data, "collection_infos"),
        databases,
        channel.text("name", ""),
        channel.text("position", ""),
        data.object("extra_info").flag("enable_user_role", false),
        data.objects("name_mapping").stream().map(CreateRequest::rename).toList(),
        data.flag("disable_auto_start", false),
        data.text("task_id", ""),
        Origin.of(data, downstream));
  }

  private static List<Entry> entries(Fields fields, String name) {
    return fields.objects(name).stream()
        .map(
            entry ->
                new Entry(
                    entry.text("name", ""),
                    entry.textsByName("positions"),
                    entry.flag("use_start_position", false)))
        .toList();
  }

  private static Rename rename(Fields rule) {
    return new Rename(
        rule.text("source_db", ""),
        rule.text("target_db", ""),
        rule.textsByName("collection_mapping"));
  }

  /**
   * Returns the requested task.
   *
   * @throws GoFailure if the Go server would reject the request, or if it is not supported here
   */
  TaskRecord task(Parsed request, Instant now) {
    request.downstream().check();
    checkBuffer(request);
    Entry entry = onlyEntry(request);
    checkChannel(request);
    String database =
        request.databases().isEmpty()
            ? DEFAULT_DATABASE
            : request.databases().keySet().iterator().next();
    String collections =
        database.equals("*") && entry.name().equals("*") ? "*" : database + "." + entry.name();
    TargetSpec target = request.downstream().target();
    TaskSpec spec =
        TaskSpec.builder(request.taskId().isEmpty() ? newId() : request.taskId())
            .selection(Selection.of(collections))
            .startFrom(start(entry))
            .target(target.name())
            .names(names(request, database, entry.name()))
            .access(request.access())
            .build();
    return TaskRecord.of(spec, target, now)
        .autoStart(!request.disableAutoStart())
        .origin(request.origin());
  }

  private static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static void checkBuffer(Parsed request) {
    if (request.bufferPeriod() < 0) {
      throw GoFailure.client(
          "the cache period is less zero: buffer_config.period is %d. Leave it out, it has no effect."
              .formatted(request.bufferPeriod()));
    }
    if (request.bufferSize() < 0) {
      throw GoFailure.client(
          "the cache size is less zero: buffer_config.size is %d. Leave it out, it has no effect."
              .formatted(request.bufferSize()));
    }
  }

  private Entry onlyEntry(Parsed request) {
    int lists = request.collections().size();
    int databases = request.databases().size();
    if (lists == 0 && databases == 0) {
      throw GoFailure.client(
          "the collection info is empty. Set collection_infos with one entry, or"
              + " db_collections with one database, such as {\"*\":[{\"name\":\"*\"}]} for"
              + " everything.");
    }
    if (lists > 1 || databases > 1) {
      throw GoFailure.client(
          ("the collection info should be only one: %d entries in collection_infos, %d"
                  + " databases in db_collections. Create a task for each, or one task through"
                  + " /api/v1/tasks.")
              .formatted(lists, databases));
    }
    if (lists == 1 && databases == 1) {
      throw GoFailure.client(
          "the collection info and db collection info should be only one. Set"
              + " collection_infos (of the default database) or db_collections, not both.");
    }
    if (lists == 1) {
      return check(request.collections());
    }
    Map.Entry<String, List<Entry>> database = request.databases().entrySet().iterator().next();
    if (database.getKey().length() > limits.nameLength()) {
      throw GoFailure.client(
          "the db name length exceeds %d characters, %s"
              .formatted(limits.nameLength(), database.getKey()));
    }
    return check(database.getValue());
  }

  private Entry check(List<Entry> entries) {
    if (entries.isEmpty()) {
      throw GoFailure.client("empty collection info. Name one collection, or * for all.");
    }
    if (entries.size() > 1) {
      throw GoFailure.client(
          ("the collection info should be only one. There are %d. Create a task for each,"
                  + " or one task through /api/v1/tasks.")
              .formatted(entries.size()));
    }
    Entry entry = entries.get(0);
    if (entry.name().equals("*") && !entry.positions().isEmpty()) {
      throw GoFailure.client(
          "the collection name is `*`, the positions should be empty: they belong to one collection.");
    }
    for (String channel : entry.positions().keySet()) {
      if (!VirtualChannel.is(channel)) {
        throw GoFailure.client(
            "the position channel name is not virtual channel, %s. Such a name ends like _4444v0."
                .formatted(channel));
      }
    }
    checkName(entry.name());
    return entry;
  }

  private void checkName(String name) {
    if (name.isEmpty()) {
      throw GoFailure.client("there is a collection name that is empty. Set a name, or * for all.");
    }
    if (name.length() > limits.nameLength()) {
      throw GoFailure.client(
          "there are some collection names whose length exceeds %d characters, [%s]"
              .formatted(limits.nameLength(), name));
    }
  }

  private void checkChannel(Parsed request) {
    String name = request.channel();
    if (!name.isEmpty() && replicateChannel != null && !name.equals(replicateChannel)) {
      throw GoFailure.client(
          "the rpc channel is invalid, the channel name should be the same as the source config: '%s', not '%s'."
              .formatted(replicateChannel, name));
    }
    if (!request.channelPosition().isEmpty()) {
      LOG.info("rpc_channel_info.position is not needed: catalog changes are read from etcd");
    }
  }

  private StartFrom start(Entry entry) {
    if (!entry.positions().isEmpty()) {
      VirtualChannel.requireOneCollection(entry.positions().keySet());
      try {
        return positions.apply(entry.positions());
      } catch (ConfigException e) {
        throw GoFailure.server("fail to decode the position data: " + e.getMessage(), e);
      }
    }
    return entry.fromStart() ? StartFrom.earliest() : StartFrom.latest();
  }

  private static NameMapping names(Parsed request, String database, String collection) {
    NameMapping names = NameMapping.none();
    for (Rename rule : request.renames()) {
      List<String> renamed =
          new ArrayList<>(
              rule.collections().isEmpty() ? List.of("*") : rule.collections().keySet());
      for (String name : renamed) {
        boolean covered =
            (database.equals("*") || database.equals(rule.source()))
                && (collection.equals("*") || collection.equals(name));
        if (!covered) {
          throw GoFailure.client(
              "the collection name in the name mapping is not in the collection info, checkout it: %s.%s is not in %s.%s."
                  .formatted(rule.source(), name, database, collection));
        }
      }
      if (rule.collections().isEmpty()) {
        names = names.database(rule.source(), rule.target());
      }
      for (Map.Entry<String, String> one : rule.collections().entrySet()) {
        names =
            names.collection(
                rule.source() + "." + one.getKey(), rule.target() + "." + one.getValue());
      }
    }
    return names;
  }
}
