package io.milvus.cdc.internal.milvus;

import com.google.protobuf.ByteString;
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
import io.milvus.grpc.DumpMessagesRequest;
import io.milvus.grpc.DumpMessagesResponse;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetLoadingProgressResponse;
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
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
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

/** Lists the calls of {@code milvus.proto.milvus.MilvusService} that this library uses. */
public final class Methods {
  public static final Method<AllocTimestampRequest, AllocTimestampResponse> ALLOC_TIMESTAMP =
      Method.of(
          "AllocTimestamp",
          AllocTimestampRequest.getDefaultInstance(),
          AllocTimestampResponse.getDefaultInstance(),
          AllocTimestampResponse::getStatus);

  public static final Method<GetVersionRequest, GetVersionResponse> GET_VERSION =
      Method.of(
          "GetVersion",
          GetVersionRequest.getDefaultInstance(),
          GetVersionResponse.getDefaultInstance(),
          GetVersionResponse::getStatus);

  public static final Method<ReplicateMessageRequest, ReplicateMessageResponse> REPLICATE =
      Method.of(
          "ReplicateMessage",
          ReplicateMessageRequest.getDefaultInstance(),
          ReplicateMessageResponse.getDefaultInstance(),
          ReplicateMessageResponse::getStatus);

  /** Accepts an encoded {@code UpsertRequest}, whose columns share the bytes of messages. */
  public static final Method<ByteString, MutationResult> ENCODED_UPSERT =
      Method.encoded("Upsert", MutationResult.getDefaultInstance(), MutationResult::getStatus);

  public static final Method<DeleteRequest, MutationResult> DELETE =
      Method.of(
          "Delete",
          DeleteRequest.getDefaultInstance(),
          MutationResult.getDefaultInstance(),
          MutationResult::getStatus);

  public static final Method<ListDatabasesRequest, ListDatabasesResponse> LIST_DATABASES =
      Method.of(
          "ListDatabases",
          ListDatabasesRequest.getDefaultInstance(),
          ListDatabasesResponse.getDefaultInstance(),
          ListDatabasesResponse::getStatus);

  public static final Method<CreateDatabaseRequest, Status> CREATE_DATABASE =
      Method.change("CreateDatabase", CreateDatabaseRequest.getDefaultInstance());

  public static final Method<DropDatabaseRequest, Status> DROP_DATABASE =
      Method.change("DropDatabase", DropDatabaseRequest.getDefaultInstance());

  public static final Method<DescribeCollectionRequest, DescribeCollectionResponse>
      DESCRIBE_COLLECTION =
          Method.of(
              "DescribeCollection",
              DescribeCollectionRequest.getDefaultInstance(),
              DescribeCollectionResponse.getDefaultInstance(),
              DescribeCollectionResponse::getStatus);

  public static final Method<CreateCollectionRequest, Status> CREATE_COLLECTION =
      Method.change("CreateCollection", CreateCollectionRequest.getDefaultInstance());

  public static final Method<DropCollectionRequest, Status> DROP_COLLECTION =
      Method.change("DropCollection", DropCollectionRequest.getDefaultInstance());

  public static final Method<AlterCollectionRequest, Status> ALTER_COLLECTION =
      Method.change("AlterCollection", AlterCollectionRequest.getDefaultInstance());

  public static final Method<RenameCollectionRequest, Status> RENAME_COLLECTION =
      Method.change("RenameCollection", RenameCollectionRequest.getDefaultInstance());

  public static final Method<ShowCollectionsRequest, ShowCollectionsResponse> SHOW_COLLECTIONS =
      Method.of(
          "ShowCollections",
          ShowCollectionsRequest.getDefaultInstance(),
          ShowCollectionsResponse.getDefaultInstance(),
          ShowCollectionsResponse::getStatus);

  public static final Method<ShowPartitionsRequest, ShowPartitionsResponse> SHOW_PARTITIONS =
      Method.of(
          "ShowPartitions",
          ShowPartitionsRequest.getDefaultInstance(),
          ShowPartitionsResponse.getDefaultInstance(),
          ShowPartitionsResponse::getStatus);

  public static final Method<CreatePartitionRequest, Status> CREATE_PARTITION =
      Method.change("CreatePartition", CreatePartitionRequest.getDefaultInstance());

  public static final Method<DropPartitionRequest, Status> DROP_PARTITION =
      Method.change("DropPartition", DropPartitionRequest.getDefaultInstance());

  public static final Method<ReleasePartitionsRequest, Status> RELEASE_PARTITIONS =
      Method.change("ReleasePartitions", ReleasePartitionsRequest.getDefaultInstance());

  public static final Method<DescribeIndexRequest, DescribeIndexResponse> DESCRIBE_INDEX =
      Method.of(
          "DescribeIndex",
          DescribeIndexRequest.getDefaultInstance(),
          DescribeIndexResponse.getDefaultInstance(),
          DescribeIndexResponse::getStatus);

  public static final Method<CreateIndexRequest, Status> CREATE_INDEX =
      Method.change("CreateIndex", CreateIndexRequest.getDefaultInstance());

  public static final Method<AlterIndexRequest, Status> ALTER_INDEX =
      Method.change("AlterIndex", AlterIndexRequest.getDefaultInstance());

  public static final Method<DropIndexRequest, Status> DROP_INDEX =
      Method.change("DropIndex", DropIndexRequest.getDefaultInstance());

  public static final Method<GetLoadStateRequest, GetLoadStateResponse> GET_LOAD_STATE =
      Method.of(
          "GetLoadState",
          GetLoadStateRequest.getDefaultInstance(),
          GetLoadStateResponse.getDefaultInstance(),
          GetLoadStateResponse::getStatus);

  public static final Method<GetReplicasRequest, GetReplicasResponse> GET_REPLICAS =
      Method.of(
          "GetReplicas",
          GetReplicasRequest.getDefaultInstance(),
          GetReplicasResponse.getDefaultInstance(),
          GetReplicasResponse::getStatus);

  public static final Method<DescribeResourceGroupRequest, DescribeResourceGroupResponse>
      DESCRIBE_RESOURCE_GROUP =
          Method.of(
              "DescribeResourceGroup",
              DescribeResourceGroupRequest.getDefaultInstance(),
              DescribeResourceGroupResponse.getDefaultInstance(),
              DescribeResourceGroupResponse::getStatus);

  public static final Method<LoadCollectionRequest, Status> LOAD_COLLECTION =
      Method.change("LoadCollection", LoadCollectionRequest.getDefaultInstance());

  public static final Method<LoadPartitionsRequest, Status> LOAD_PARTITIONS =
      Method.change("LoadPartitions", LoadPartitionsRequest.getDefaultInstance());

  public static final Method<FlushRequest, FlushResponse> FLUSH =
      Method.of(
          "Flush",
          FlushRequest.getDefaultInstance(),
          FlushResponse.getDefaultInstance(),
          FlushResponse::getStatus);

  public static final Method<ReleaseCollectionRequest, Status> RELEASE_COLLECTION =
      Method.change("ReleaseCollection", ReleaseCollectionRequest.getDefaultInstance());

  public static final Method<CreateAliasRequest, Status> CREATE_ALIAS =
      Method.change("CreateAlias", CreateAliasRequest.getDefaultInstance());

  public static final Method<AlterAliasRequest, Status> ALTER_ALIAS =
      Method.change("AlterAlias", AlterAliasRequest.getDefaultInstance());

  public static final Method<DropAliasRequest, Status> DROP_ALIAS =
      Method.change("DropAlias", DropAliasRequest.getDefaultInstance());

  public static final Method<CreateCredentialRequest, Status> CREATE_CREDENTIAL =
      Method.change("CreateCredential", CreateCredentialRequest.getDefaultInstance());

  public static final Method<UpdateCredentialRequest, Status> UPDATE_CREDENTIAL =
      Method.change("UpdateCredential", UpdateCredentialRequest.getDefaultInstance());

  public static final Method<DeleteCredentialRequest, Status> DELETE_CREDENTIAL =
      Method.change("DeleteCredential", DeleteCredentialRequest.getDefaultInstance());

  public static final Method<SelectUserRequest, SelectUserResponse> SELECT_USER =
      Method.of(
          "SelectUser",
          SelectUserRequest.getDefaultInstance(),
          SelectUserResponse.getDefaultInstance(),
          SelectUserResponse::getStatus);

  public static final Method<CreateRoleRequest, Status> CREATE_ROLE =
      Method.change("CreateRole", CreateRoleRequest.getDefaultInstance());

  public static final Method<DropRoleRequest, Status> DROP_ROLE =
      Method.change("DropRole", DropRoleRequest.getDefaultInstance());

  public static final Method<SelectRoleRequest, SelectRoleResponse> SELECT_ROLE =
      Method.of(
          "SelectRole",
          SelectRoleRequest.getDefaultInstance(),
          SelectRoleResponse.getDefaultInstance(),
          SelectRoleResponse::getStatus);

  public static final Method<OperateUserRoleRequest, Status> OPERATE_USER_ROLE =
      Method.change("OperateUserRole", OperateUserRoleRequest.getDefaultInstance());

  public static final Method<SelectGrantRequest, SelectGrantResponse> SELECT_GRANT =
      Method.of(
          "SelectGrant",
          SelectGrantRequest.getDefaultInstance(),
          SelectGrantResponse.getDefaultInstance(),
          SelectGrantResponse::getStatus);

  public static final Method<OperatePrivilegeRequest, Status> OPERATE_PRIVILEGE =
      Method.change("OperatePrivilege", OperatePrivilegeRequest.getDefaultInstance());

  public static final Method<OperatePrivilegeV2Request, Status> OPERATE_PRIVILEGE_V2 =
      Method.change("OperatePrivilegeV2", OperatePrivilegeV2Request.getDefaultInstance());

  public static final Method<ListPrivilegeGroupsRequest, ListPrivilegeGroupsResponse>
      LIST_PRIVILEGE_GROUPS =
          Method.of(
              "ListPrivilegeGroups",
              ListPrivilegeGroupsRequest.getDefaultInstance(),
              ListPrivilegeGroupsResponse.getDefaultInstance(),
              ListPrivilegeGroupsResponse::getStatus);

  public static final Method<CreatePrivilegeGroupRequest, Status> CREATE_PRIVILEGE_GROUP =
      Method.change("CreatePrivilegeGroup", CreatePrivilegeGroupRequest.getDefaultInstance());

  public static final Method<DropPrivilegeGroupRequest, Status> DROP_PRIVILEGE_GROUP =
      Method.change("DropPrivilegeGroup", DropPrivilegeGroupRequest.getDefaultInstance());

  public static final Method<OperatePrivilegeGroupRequest, Status> OPERATE_PRIVILEGE_GROUP =
      Method.change("OperatePrivilegeGroup", OperatePrivilegeGroupRequest.getDefaultInstance());

  public static final Method<QueryRequest, QueryResults> QUERY =
      Method.of(
          "Query",
          QueryRequest.getDefaultInstance(),
          QueryResults.getDefaultInstance(),
          QueryResults::getStatus);

  public static final Method<GetLoadingProgressRequest, GetLoadingProgressResponse>
      GET_LOADING_PROGRESS =
          Method.of(
              "GetLoadingProgress",
              GetLoadingProgressRequest.getDefaultInstance(),
              GetLoadingProgressResponse.getDefaultInstance(),
              GetLoadingProgressResponse::getStatus);

  /** Streams the messages of a physical channel. Milvus 2.6.14 and later. */
  public static final Method<DumpMessagesRequest, DumpMessagesResponse> DUMP_MESSAGES =
      Method.streaming(
          "DumpMessages",
          DumpMessagesRequest.getDefaultInstance(),
          DumpMessagesResponse.getDefaultInstance(),
          DumpMessagesResponse::getStatus);

  private Methods() {}
}
