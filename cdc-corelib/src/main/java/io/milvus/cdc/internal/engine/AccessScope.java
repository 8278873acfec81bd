package io.milvus.cdc.internal.engine;

import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.Grant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the part of a source's access that is replicated. On the target, a grant never covers
 * more than the replicated databases and collections.
 */
record AccessScope(Selection selection, NameMapping names) {
  /** Returns the replicated part, under the target's names. */
  Access of(Access source) {
    Map<AccessName, AccessEntry> entries = new HashMap<>(source.entries());
    entries.replaceAll(
        (name, entry) ->
            entry instanceof AccessEntry.Role role
                ? new AccessEntry.Role(role.name(), of(role.grants()))
                : entry);
    return new Access(entries);
  }

  private Set<Grant> of(Set<Grant> grants) {
    return grants.stream().filter(this::includes).flatMap(this::mapped).collect(Collectors.toSet());
  }

  private boolean includes(Grant grant) {
    return grant.object().equals(Grant.USER) || selection.covers(grant.database(), grant.name());
  }

  private Stream<Grant> mapped(Grant grant) {
    if (grant.object().equals(Grant.USER)) {
      return Stream.of(grant);
    }
    if (!grant.name().equals(Grant.ANY)) {
      return Stream.of(
          at(
              grant,
              names.databaseOf(grant.database(), grant.name()),
              names.collectionOf(grant.database(), grant.name())));
    }
    // A grant for a whole database also covers its collections that are mapped to other places.
    Stream<Grant> moved =
        names.collections().entrySet().stream()
            .filter(move -> move.getKey().startsWith(grant.database() + "."))
            .map(
                move -> {
                  String[] place = move.getValue().split("\\.", 2);
                  return at(grant, place[0], place[1]);
                });
    return Stream.concat(
        Stream.of(at(grant, names.databaseOf(grant.database()), Grant.ANY)), moved);
  }

  private static Grant at(Grant grant, String database, String name) {
    return new Grant(grant.object(), database, name, grant.privilege());
  }
}
