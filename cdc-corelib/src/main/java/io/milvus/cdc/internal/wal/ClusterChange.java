package io.milvus.cdc.internal.wal;

import java.util.List;
import java.util.Set;

/** A change of the source's servers, of no collection's contents. */
public sealed interface ClusterChange extends WalChange {
  /** Calls the visitor's method for this kind. */
  <R> R accept(Kinds<R> kinds);

  @Override
  default <R> R accept(Visitor<R> visitor) {
    return visitor.cluster(this);
  }

  /** Creates resource groups, or changes their sizes. */
  record SetResourceGroups(Set<String> groups) implements ClusterChange {
    public SetResourceGroups {
      groups = Set.copyOf(groups);
    }

    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.setResourceGroups(this);
    }
  }

  /** Drops a resource group. */
  record DropResourceGroup(String group) implements ClusterChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.dropResourceGroup(this);
    }
  }

  /** Creates or drops snapshots, which changes no row (since 3.0). */
  record Snapshots(WalType type) implements ClusterChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.snapshots(this);
    }
  }

  /** An edge of Milvus's own replication, between two ids of clusters. */
  record Edge(String source, String target) {}

  /**
   * Configures Milvus's own replication. The message also has addresses and tokens, which are not
   * retained.
   *
   * @param clusters their ids
   * @param forced whether a standby became the primary without its primary
   */
  record Replication(List<String> clusters, List<Edge> edges, boolean forced)
      implements ClusterChange {
    public Replication {
      clusters = List.copyOf(clusters);
      edges = List.copyOf(edges);
    }

    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.replication(this);
    }
  }

  /** Replaces the log by one of another kind. Later ids belong to that one. */
  record SwitchWal(String wal) implements ClusterChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.switchWal(this);
    }
  }

  /** Handles each kind by a method of its own. R is the type that its methods return. */
  interface Kinds<R> {
    R setResourceGroups(SetResourceGroups change);

    R dropResourceGroup(DropResourceGroup change);

    R snapshots(Snapshots change);

    R replication(Replication change);

    R switchWal(SwitchWal change);
  }
}
