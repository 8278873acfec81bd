package io.milvus.cdc.targets.milvus;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import io.milvus.grpc.AllocTimestampRequest;
import io.milvus.grpc.AllocTimestampResponse;
import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.AlterIndexRequest;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateCredentialRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.CreatePrivilegeGroupRequest;
import io.milvus.grpc.CreateRoleRequest;
import io.milvus.grpc.DeleteCredentialRequest;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.DescribeResourceGroupRequest;
import io.milvus.grpc.DescribeResourceGroupResponse;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.DropIndexRequest;
import io.milvus.grpc.DropPartitionRequest;
import io.milvus.grpc.DropPrivilegeGroupRequest;
import io.milvus.grpc.DropRoleRequest;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.ListPrivilegeGroupsRequest;
import io.milvus.grpc.ListPrivilegeGroupsResponse;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadPartitionsRequest;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.OperatePrivilegeGroupRequest;
import io.milvus.grpc.OperatePrivilegeRequest;
import io.milvus.grpc.OperatePrivilegeV2Request;
import io.milvus.grpc.OperateUserRoleRequest;
import io.milvus.grpc.ReleaseCollectionRequest;
import io.milvus.grpc.ReleasePartitionsRequest;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.ReplicateMessageResponse;
import io.milvus.grpc.SelectGrantRequest;
import io.milvus.grpc.SelectGrantResponse;
import io.milvus.grpc.SelectRoleRequest;
import io.milvus.grpc.SelectRoleResponse;
import io.milvus.grpc.SelectUserRequest;
import io.milvus.grpc.SelectUserResponse;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;
import io.milvus.grpc.Status;
import io.milvus.grpc.UpdateCredentialRequest;

/** Lists the calls of {@code milvus.proto.milvus.MilvusService} that a session uses. */
final class Methods {
  static final MethodDescriptor<AllocTimestampRequest, AllocTimestampResponse> ALLOC_TIMESTAMP =
      MilvusRpc.method(
          "AllocTimestamp",
          AllocTimestampRequest.getDefaultInstance(),
          AllocTimestampResponse.getDefaultInstance());

  static final MethodDescriptor<GetVersionRequest, GetVersionResponse> GET_VERSION =
      MilvusRpc.method(
          "GetVersion",
          GetVersionRequest.getDefaultInstance(),
          GetVersionResponse.getDefaultInstance());

  static final MethodDescriptor<ReplicateMessageRequest, ReplicateMessageResponse> REPLICATE =
      MilvusRpc.method(
          "ReplicateMessage",
          ReplicateMessageRequest.getDefaultInstance(),
          ReplicateMessageResponse.getDefaultInstance());

  /** Accepts an encoded {@code UpsertRequest}, whose columns share the bytes of messages. */
  static final MethodDescriptor<ByteString, MutationResult> UPSERT =
      MilvusRpc.encodedMethod("Upsert", MutationResult.getDefaultInstance());

  static final MethodDescriptor<DeleteRequest, MutationResult> DELETE =
      MilvusRpc.method(
          "Delete", DeleteRequest.getDefaultInstance(), MutationResult.getDefaultInstance());

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

  static final MethodDescriptor<AlterCollectionRequest, Status> ALTER_COLLECTION =
      MilvusRpc.method(
          "AlterCollection",
          AlterCollectionRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<RenameCollectionRequest, Status> RENAME_COLLECTION =
      MilvusRpc.method(
          "RenameCollection",
          RenameCollectionRequest.getDefaultInstance(),
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

  static final MethodDescriptor<DescribeIndexRequest, DescribeIndexResponse> DESCRIBE_INDEX =
      MilvusRpc.method(
          "DescribeIndex",
          DescribeIndexRequest.getDefaultInstance(),
          DescribeIndexResponse.getDefaultInstance());

  static final MethodDescriptor<CreateIndexRequest, Status> CREATE_INDEX =
      MilvusRpc.method(
          "CreateIndex", CreateIndexRequest.getDefaultInstance(), Status.getDefaultInstance());

  static final MethodDescriptor<AlterIndexRequest, Status> ALTER_INDEX =
      MilvusRpc.method(
          "AlterIndex", AlterIndexRequest.getDefaultInstance(), Status.getDefaultInstance());

  static final MethodDescriptor<DropIndexRequest, Status> DROP_INDEX =
      MilvusRpc.method(
          "DropIndex", DropIndexRequest.getDefaultInstance(), Status.getDefaultInstance());

  static final MethodDescriptor<GetLoadStateRequest, GetLoadStateResponse> GET_LOAD_STATE =
      MilvusRpc.method(
          "GetLoadState",
          GetLoadStateRequest.getDefaultInstance(),
          GetLoadStateResponse.getDefaultInstance());

  static final MethodDescriptor<GetReplicasRequest, GetReplicasResponse> GET_REPLICAS =
      MilvusRpc.method(
          "GetReplicas",
          GetReplicasRequest.getDefaultInstance(),
          GetReplicasResponse.getDefaultInstance());

  static final MethodDescriptor<DescribeResourceGroupRequest, DescribeResourceGroupResponse>
      DESCRIBE_RESOURCE_GROUP =
          MilvusRpc.method(
              "DescribeResourceGroup",
              DescribeResourceGroupRequest.getDefaultInstance(),
              DescribeResourceGroupResponse.getDefaultInstance());

  static final MethodDescriptor<LoadCollectionRequest, Status> LOAD_COLLECTION =
      MilvusRpc.method(
          "LoadCollection",
          LoadCollectionRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<LoadPartitionsRequest, Status> LOAD_PARTITIONS =
      MilvusRpc.method(
          "LoadPartitions",
          LoadPartitionsRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<FlushRequest, FlushResponse> FLUSH =
      MilvusRpc.method(
          "Flush", FlushRequest.getDefaultInstance(), FlushResponse.getDefaultInstance());

  static final MethodDescriptor<ReleaseCollectionRequest, Status> RELEASE_COLLECTION =
      MilvusRpc.method(
          "ReleaseCollection",
          ReleaseCollectionRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<CreateAliasRequest, Status> CREATE_ALIAS =
      MilvusRpc.method(
          "CreateAlias", CreateAliasRequest.getDefaultInstance(), Status.getDefaultInstance());

  static final MethodDescriptor<AlterAliasRequest, Status> ALTER_ALIAS =
      MilvusRpc.method(
          "AlterAlias", AlterAliasRequest.getDefaultInstance(), Status.getDefaultInstance());

  static final MethodDescriptor<DropAliasRequest, Status> DROP_ALIAS =
      MilvusRpc.method(
          "DropAlias", DropAliasRequest.getDefaultInstance(), Status.getDefaultInstance());

  static final MethodDescriptor<CreateCredentialRequest, Status> CREATE_CREDENTIAL =
      MilvusRpc.method(
          "CreateCredential",
          CreateCredentialRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<UpdateCredentialRequest, Status> UPDATE_CREDENTIAL =
      MilvusRpc.method(
          "UpdateCredential",
          UpdateCredentialRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<DeleteCredentialRequest, Status> DELETE_CREDENTIAL =
      MilvusRpc.method(
          "DeleteCredential",
          DeleteCredentialRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<SelectUserRequest, SelectUserResponse> SELECT_USER =
      MilvusRpc.method(
          "SelectUser",
          SelectUserRequest.getDefaultInstance(),
          SelectUserResponse.getDefaultInstance());

  static final MethodDescriptor<CreateRoleRequest, Status> CREATE_ROLE =
      MilvusRpc.method(
          "CreateRole", CreateRoleRequest.getDefaultInstance(), Status.getDefaultInstance());

  static final MethodDescriptor<DropRoleRequest, Status> DROP_ROLE =
      MilvusRpc.method(
          "DropRole", DropRoleRequest.getDefaultInstance(), Status.getDefaultInstance());

  static final MethodDescriptor<SelectRoleRequest, SelectRoleResponse> SELECT_ROLE =
      MilvusRpc.method(
          "SelectRole",
          SelectRoleRequest.getDefaultInstance(),
          SelectRoleResponse.getDefaultInstance());

  static final MethodDescriptor<OperateUserRoleRequest, Status> OPERATE_USER_ROLE =
      MilvusRpc.method(
          "OperateUserRole",
          OperateUserRoleRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<SelectGrantRequest, SelectGrantResponse> SELECT_GRANT =
      MilvusRpc.method(
          "SelectGrant",
          SelectGrantRequest.getDefaultInstance(),
          SelectGrantResponse.getDefaultInstance());

  static final MethodDescriptor<OperatePrivilegeRequest, Status> OPERATE_PRIVILEGE =
      MilvusRpc.method(
          "OperatePrivilege",
          OperatePrivilegeRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<OperatePrivilegeV2Request, Status> OPERATE_PRIVILEGE_V2 =
      MilvusRpc.method(
          "OperatePrivilegeV2",
          OperatePrivilegeV2Request.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<ListPrivilegeGroupsRequest, ListPrivilegeGroupsResponse>
      LIST_PRIVILEGE_GROUPS =
          MilvusRpc.method(
              "ListPrivilegeGroups",
              ListPrivilegeGroupsRequest.getDefaultInstance(),
              ListPrivilegeGroupsResponse.getDefaultInstance());

  static final MethodDescriptor<CreatePrivilegeGroupRequest, Status> CREATE_PRIVILEGE_GROUP =
      MilvusRpc.method(
          "CreatePrivilegeGroup",
          CreatePrivilegeGroupRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<DropPrivilegeGroupRequest, Status> DROP_PRIVILEGE_GROUP =
      MilvusRpc.method(
          "DropPrivilegeGroup",
          DropPrivilegeGroupRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  static final MethodDescriptor<OperatePrivilegeGroupRequest, Status> OPERATE_PRIVILEGE_GROUP =
      MilvusRpc.method(
          "OperatePrivilegeGroup",
          OperatePrivilegeGroupRequest.getDefaultInstance(),
          Status.getDefaultInstance());

  private Methods() {}
}
