package io.milvus.cdc.internal.wal;

import io.milvus.cdc.proto.wal.AlterReplicateConfigHeader;
import io.milvus.cdc.proto.wal.AlterResourceGroupsHeader;
import io.milvus.cdc.proto.wal.AlterWalHeader;
import io.milvus.cdc.proto.wal.DropResourceGroupHeader;
import io.milvus.grpc.MilvusCluster;
import java.io.IOException;

/** Reads messages about the source's servers. */
final class ClusterChangeReader {
  private ClusterChangeReader() {}

  static ClusterChange read(WalType type, WalMessage message) throws IOException {
    return switch (type) {
      case ALTER_RESOURCE_GROUP ->
          new ClusterChange.SetResourceGroups(
              WalEnvelope.header(message, AlterResourceGroupsHeader.parser())
                  .getGroupsMap()
                  .keySet());
      case DROP_RESOURCE_GROUP ->
          new ClusterChange.DropResourceGroup(
              WalEnvelope.header(message, DropResourceGroupHeader.parser()).getGroup());
      case ALTER_WAL ->
          new ClusterChange.SwitchWal(
              WalEnvelope.header(message, AlterWalHeader.parser()).getTarget().name());
      case ALTER_REPLICATE_CONFIG ->
          replication(WalEnvelope.header(message, AlterReplicateConfigHeader.parser()));
      default -> new ClusterChange.Snapshots(type);
    };
  }

  /** Leaves out addresses and tokens. */
  private static ClusterChange replication(AlterReplicateConfigHeader header) {
    return new ClusterChange.Replication(
        header.getConfiguration().getClustersList().stream()
            .map(MilvusCluster::getClusterId)
            .toList(),
        header.getConfiguration().getCrossClusterTopologyList().stream()
            .map(
                edge ->
                    new ClusterChange.Edge(edge.getSourceClusterId(), edge.getTargetClusterId()))
            .toList(),
        header.getForcePromote());
  }
}
