package io.milvus.cdc.target.milvus;

import io.grpc.MethodDescriptor;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.DropPartitionRequest;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.ReleasePartitionsRequest;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.ReplicateMessageResponse;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;
import io.milvus.grpc.Status;

/** The calls of {@code milvus.proto.milvus.MilvusService} that a replica session makes. */
final class Methods {
  static final MethodDescriptor<ReplicateMessageRequest, ReplicateMessageResponse> REPLICATE =
      MilvusRpc.method(
          "ReplicateMessage",
          ReplicateMessageRequest.getDefaultInstance(),
          ReplicateMessageResponse.getDefaultInstance());

  static final MethodDescriptor<ListDatabasesRequest, ListDatabasesResponse> LIST_DATABASES =
      MilvusRpc.method(
          "ListDatabases",
          ListDatabasesRequest.getDefaultInstance(),
          ListDatabasesResponse.getDefaultInstance());

  static final MethodDescriptor<CreateDatabaseRequest, Status> CREATE_DATABASE =
      MilvusRpc.method(
          "CreateDatabase",
          CreateDatabaseRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<DropDatabaseRequest, Status> DROP_DATABASE =
      MilvusRpc.method(
          "DropDatabase", DropDatabaseRequest.getDefaultInstance(), Status.getDefaultInstance());

  static final MethodDescriptor<DescribeCollectionRequest, DescribeCollectionResponse>
      DESCRIBE_COLLECTION =
          MilvusRpc.method(
              "DescribeCollection",
              DescribeCollectionRequest.getDefaultInstance(),
              DescribeCollectionResponse.getDefaultInstance());

  static final MethodDescriptor<CreateCollectionRequest, Status> CREATE_COLLECTION =
      MilvusRpc.method(
          "CreateCollection",
          CreateCollectionRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<DropCollectionRequest, Status> DROP_COLLECTION =
      MilvusRpc.method(
          "DropCollection",
          DropCollectionRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<ShowCollectionsRequest, ShowCollectionsResponse> SHOW_COLLECTIONS =
      MilvusRpc.method(
          "ShowCollections",
          ShowCollectionsRequest.getDefaultInstance(),
          ShowCollectionsResponse.getDefaultInstance());

  static final MethodDescriptor<ShowPartitionsRequest, ShowPartitionsResponse> SHOW_PARTITIONS =
      MilvusRpc.method(
          "ShowPartitions",
          ShowPartitionsRequest.getDefaultInstance(),
          ShowPartitionsResponse.getDefaultInstance());

  static final MethodDescriptor<CreatePartitionRequest, Status> CREATE_PARTITION =
      MilvusRpc.method(
          "CreatePartition",
          CreatePartitionRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<DropPartitionRequest, Status> DROP_PARTITION =
      MilvusRpc.method(
          "DropPartition", DropPartitionRequest.getDefaultInstance(), Status.getDefaultInstance());

  static final MethodDescriptor<ReleasePartitionsRequest, Status> RELEASE_PARTITIONS =
      MilvusRpc.method(
          "ReleasePartitions",
          ReleasePartitionsRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  private Methods() {}
}
