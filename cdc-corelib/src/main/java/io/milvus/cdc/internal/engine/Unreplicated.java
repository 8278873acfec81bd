package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.internal.order.Scope;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reports parts of the source's catalog that a task cannot replicate. For one thread, except {@link
 * #limitations}.
 */
final class Unreplicated implements Follower {
  private final AppliedCatalog applied;
  private final Scope scope;
  private final TaskReport report;
  private volatile List<String> limitations = List.of();

  Unreplicated(AppliedCatalog applied, Scope scope, TaskReport report) {
    this.applied = applied;
    this.scope = scope;
    this.report = report;
  }

  @Override
  public void plan(Catalog has, Catalog source) {
    List<String> now =
        Stream.concat(renamedIntoSelection(has, source), databasesWithProperties(has, source))
            .sorted()
            .toList();
    now.stream().filter(why -> !limitations.contains(why)).forEach(report::limited);
    limitations = now;
  }

  private Stream<String> renamedIntoSelection(Catalog has, Catalog source) {
    return source.collections().values().stream()
        .filter(entry -> !has.collections().containsKey(entry.id()))
        .filter(entry -> scope.misses(source, entry))
        .map(
            entry ->
                ("Collection %s.%s was renamed into the task's selection after the task had"
                        + " begun. It is not replicated, because its earlier rows were skipped. Replicate"
                        + " it by a task of its own, or delete this task and create it again.")
                    .formatted(applied.databaseOf(entry, source).name(), entry.name()));
  }

  private static Stream<String> databasesWithProperties(Catalog has, Catalog source) {
    return source.databases().values().stream()
        .filter(entry -> !entry.properties().isEmpty())
        .filter(entry -> has.databases().containsKey(entry.id()))
        .map(
            entry ->
                ("Database %s has the properties %s on the source, which are not replicated. Set"
                        + " the properties on the target that are wanted there.")
                    .formatted(entry.name(), new TreeMap<>(entry.properties())));
  }

  @Override
  public List<String> limitations() {
    return limitations;
  }
}
