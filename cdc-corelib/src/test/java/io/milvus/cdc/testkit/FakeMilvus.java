package io.milvus.cdc.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.milvus.cdc.catalog.Timestamps;
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
import io.milvus.grpc.OperateUserRoleRequest;
import io.milvus.grpc.ReleaseCollectionRequest;
import io.milvus.grpc.ReleasePartitionsRequest;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.ReplicateMessageResponse;
import io.milvus.grpc.ResourceGroup;
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
import io.milvus.grpc.UpsertRequest;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;
import milvus.proto.msg.Msg;
import org.jspecify.annotations.Nullable;

/** A standby Milvus over real gRPC, all in memory: keeps what it is sent, and fails on demand. */
public final class FakeMilvus implements AutoCloseable {
  public static final Status OK = Status.getDefaultInstance();
  private final Server server;
  private final FakeCatalog catalog = new FakeCatalog();
  private final FakeServing serving = new FakeServing(catalog);
  private final FakeAccess access = new FakeAccess();
  private final FakeRows rows = new FakeRows();
  private final FakeTable table = new FakeTable(catalog);
  private final Map<String, Queue<Fault>> faults = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<ReplicateMessageRequest> replicated = new ArrayList<>();
  private Function<String, @Nullable Fault> trouble = method -> null;
  private @Nullable String authorization;
  private Predicate<Msg.InsertRequest> refused = message -> false;
  private boolean standby = true;
  private String version = "2.3.5";
  private long leadMillis;
  private int largest = Integer.MAX_VALUE;

  public FakeMilvus() {
    this(null);
  }

  /** One that is reached over TLS, unless there is nothing for that. */
  public FakeMilvus(@Nullable SslContext tls) {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder("milvus.proto.milvus.MilvusService")
            .addMethod(replicate(), handler("ReplicateMessage", this::replicate, this::wrapped))
            .addMethod(
                method(
                    "Upsert",
                    UpsertRequest.getDefaultInstance(),
                    MutationResult.getDefaultInstance()),
                handler("Upsert", q -> table.upsert(q), FakeMilvus::mutated))
            .addMethod(
                method(
                    "Delete",
                    DeleteRequest.getDefaultInstance(),
                    MutationResult.getDefaultInstance()),
                handler("Delete", q -> table.delete(q), FakeMilvus::mutated))
            .addMethod(
                method(
                    "ListDatabases",
                    ListDatabasesRequest.getDefaultInstance(),
                    ListDatabasesResponse.getDefaultInstance()),
                handler(
                    "ListDatabases",
                    q -> catalog.databases(),
                    s -> ListDatabasesResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                method(
                    "GetVersion",
                    GetVersionRequest.getDefaultInstance(),
                    GetVersionResponse.getDefaultInstance()),
                handler(
                    "GetVersion",
                    q -> GetVersionResponse.newBuilder().setVersion(version).build(),
                    s -> GetVersionResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                method(
                    "AllocTimestamp",
                    AllocTimestampRequest.getDefaultInstance(),
                    AllocTimestampResponse.getDefaultInstance()),
                handler(
                    "AllocTimestamp",
                    q -> AllocTimestampResponse.newBuilder().setTimestamp(now()).build(),
                    s -> AllocTimestampResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                change("CreateDatabase", CreateDatabaseRequest.getDefaultInstance()),
                handler("CreateDatabase", catalog::create, s -> s))
            .addMethod(
                change("DropDatabase", DropDatabaseRequest.getDefaultInstance()),
                handler("DropDatabase", catalog::drop, s -> s))
            .addMethod(
                method(
                    "DescribeCollection",
                    DescribeCollectionRequest.getDefaultInstance(),
                    DescribeCollectionResponse.getDefaultInstance()),
                handler(
                    "DescribeCollection",
                    catalog::describe,
                    s -> DescribeCollectionResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                change("CreateCollection", CreateCollectionRequest.getDefaultInstance()),
                handler("CreateCollection", catalog::create, s -> s))
            .addMethod(
                change("DropCollection", DropCollectionRequest.getDefaultInstance()),
                handler("DropCollection", catalog::drop, s -> s))
            .addMethod(
                change("CreateAlias", CreateAliasRequest.getDefaultInstance()),
                handler("CreateAlias", catalog::create, s -> s))
            .addMethod(
                change("AlterAlias", AlterAliasRequest.getDefaultInstance()),
                handler("AlterAlias", catalog::alter, s -> s))
            .addMethod(
                change("DropAlias", DropAliasRequest.getDefaultInstance()),
                handler("DropAlias", catalog::drop, s -> s))
            .addMethod(
                change("AlterCollection", AlterCollectionRequest.getDefaultInstance()),
                handler("AlterCollection", catalog::alter, s -> s))
            .addMethod(
                change("AlterIndex", AlterIndexRequest.getDefaultInstance()),
                handler("AlterIndex", serving::alter, s -> s))
            .addMethod(
                change("RenameCollection", RenameCollectionRequest.getDefaultInstance()),
                handler("RenameCollection", catalog::rename, s -> s))
            .addMethod(
                method(
                    "ShowCollections",
                    ShowCollectionsRequest.getDefaultInstance(),
                    ShowCollectionsResponse.getDefaultInstance()),
                handler(
                    "ShowCollections",
                    catalog::collections,
                    s -> ShowCollectionsResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                method(
                    "ShowPartitions",
                    ShowPartitionsRequest.getDefaultInstance(),
                    ShowPartitionsResponse.getDefaultInstance()),
                handler(
                    "ShowPartitions",
                    catalog::partitions,
                    s -> ShowPartitionsResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                change("CreatePartition", CreatePartitionRequest.getDefaultInstance()),
                handler("CreatePartition", catalog::create, s -> s))
            .addMethod(
                change("DropPartition", DropPartitionRequest.getDefaultInstance()),
                handler("DropPartition", catalog::drop, s -> s))
            .addMethod(
                change("ReleasePartitions", ReleasePartitionsRequest.getDefaultInstance()),
                handler("ReleasePartitions", serving::release, s -> s))
            .addMethod(
                method(
                    "DescribeIndex",
                    DescribeIndexRequest.getDefaultInstance(),
                    DescribeIndexResponse.getDefaultInstance()),
                handler(
                    "DescribeIndex",
                    serving::describe,
                    s -> DescribeIndexResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                change("CreateIndex", CreateIndexRequest.getDefaultInstance()),
                handler("CreateIndex", serving::create, s -> s))
            .addMethod(
                change("DropIndex", DropIndexRequest.getDefaultInstance()),
                handler("DropIndex", serving::drop, s -> s))
            .addMethod(
                method(
                    "GetLoadState",
                    GetLoadStateRequest.getDefaultInstance(),
                    GetLoadStateResponse.getDefaultInstance()),
                handler(
                    "GetLoadState",
                    serving::state,
                    s -> GetLoadStateResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                method(
                    "GetReplicas",
                    GetReplicasRequest.getDefaultInstance(),
                    GetReplicasResponse.getDefaultInstance()),
                handler(
                    "GetReplicas",
                    serving::replicas,
                    s -> GetReplicasResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                method(
                    "DescribeResourceGroup",
                    DescribeResourceGroupRequest.getDefaultInstance(),
                    DescribeResourceGroupResponse.getDefaultInstance()),
                handler(
                    "DescribeResourceGroup",
                    q ->
                        DescribeResourceGroupResponse.newBuilder()
                            .setStatus(OK)
                            .setResourceGroup(
                                ResourceGroup.newBuilder()
                                    .setNumAvailableNode(serving.queryNodes()))
                            .build(),
                    s -> DescribeResourceGroupResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                change("LoadCollection", LoadCollectionRequest.getDefaultInstance()),
                handler("LoadCollection", serving::load, s -> s))
            .addMethod(
                change("LoadPartitions", LoadPartitionsRequest.getDefaultInstance()),
                handler("LoadPartitions", serving::load, s -> s))
            .addMethod(
                change("ReleaseCollection", ReleaseCollectionRequest.getDefaultInstance()),
                handler("ReleaseCollection", serving::release, s -> s))
            .addMethod(
                change("CreateCredential", CreateCredentialRequest.getDefaultInstance()),
                handler("CreateCredential", access::create, s -> s))
            .addMethod(
                change("UpdateCredential", UpdateCredentialRequest.getDefaultInstance()),
                handler("UpdateCredential", access::update, s -> s))
            .addMethod(
                change("DeleteCredential", DeleteCredentialRequest.getDefaultInstance()),
                handler("DeleteCredential", access::delete, s -> s))
            .addMethod(
                method(
                    "SelectUser",
                    SelectUserRequest.getDefaultInstance(),
                    SelectUserResponse.getDefaultInstance()),
                handler(
                    "SelectUser",
                    access::select,
                    s -> SelectUserResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                change("CreateRole", CreateRoleRequest.getDefaultInstance()),
                handler("CreateRole", access::create, s -> s))
            .addMethod(
                change("DropRole", DropRoleRequest.getDefaultInstance()),
                handler("DropRole", access::drop, s -> s))
            .addMethod(
                method(
                    "SelectRole",
                    SelectRoleRequest.getDefaultInstance(),
                    SelectRoleResponse.getDefaultInstance()),
                handler(
                    "SelectRole",
                    access::select,
                    s -> SelectRoleResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                change("OperateUserRole", OperateUserRoleRequest.getDefaultInstance()),
                handler("OperateUserRole", access::operate, s -> s))
            .addMethod(
                method(
                    "SelectGrant",
                    SelectGrantRequest.getDefaultInstance(),
                    SelectGrantResponse.getDefaultInstance()),
                handler(
                    "SelectGrant",
                    access::select,
                    s -> SelectGrantResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                change("OperatePrivilege", OperatePrivilegeRequest.getDefaultInstance()),
                handler("OperatePrivilege", q -> access.operate(q, authorization != null), s -> s))
            .addMethod(
                method(
                    "ListPrivilegeGroups",
                    ListPrivilegeGroupsRequest.getDefaultInstance(),
                    ListPrivilegeGroupsResponse.getDefaultInstance()),
                handler(
                    "ListPrivilegeGroups",
                    access::list,
                    s -> ListPrivilegeGroupsResponse.newBuilder().setStatus(s).build()))
            .addMethod(
                change("CreatePrivilegeGroup", CreatePrivilegeGroupRequest.getDefaultInstance()),
                handler("CreatePrivilegeGroup", access::create, s -> s))
            .addMethod(
                change("DropPrivilegeGroup", DropPrivilegeGroupRequest.getDefaultInstance()),
                handler("DropPrivilegeGroup", access::drop, s -> s))
            .addMethod(
                change("OperatePrivilegeGroup", OperatePrivilegeGroupRequest.getDefaultInstance()),
                handler("OperatePrivilegeGroup", access::operate, s -> s))
            .build();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .maxInboundMessageSize(64 << 20)
            .sslContext(tls)
            .addService(ServerInterceptors.intercept(service, new Listening()))
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MethodDescriptor<ReplicateMessageRequest, ReplicateMessageResponse> replicate() {
    return method(
        "ReplicateMessage",
        ReplicateMessageRequest.getDefaultInstance(),
        ReplicateMessageResponse.getDefaultInstance());
  }

  private static MutationResult mutated(Status status) {
    return MutationResult.newBuilder().setStatus(status).build();
  }

  private static <Q extends Message> MethodDescriptor<Q, Status> change(String name, Q request) {
    return method(name, request, Status.getDefaultInstance());
  }

  private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
      String name, Q request, A answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName("milvus.proto.milvus.MilvusService/" + name)
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(answer))
        .build();
  }

  private <Q, A> io.grpc.ServerCallHandler<Q, A> handler(
      String method, Function<Q, A> work, Function<Status, A> wrap) {
    return ServerCalls.asyncUnaryCall(
        (Q q, StreamObserver<A> o) -> serve(method, q, o, work, wrap));
  }

  private <Q, A> void serve(
      String method,
      Q request,
      StreamObserver<A> observer,
      Function<Q, A> work,
      Function<Status, A> wrap) {
    try {
      Fault fault = nextFault(method, request);
      if (fault != null && fault.gate() != null) {
        fault.gate().await();
      }
      if (fault != null && fault.cut() != null && !fault.doneFirst()) {
        throw fault.cut().toStatus().withDescription("cut by the test").asRuntimeException();
      }
      A answer;
      synchronized (this) {
        boolean refused = fault != null && fault.answer() != null;
        if (!refused) {
          calls.add(described(method, request));
        }
        answer = refused ? wrap.apply(fault.answer()) : work.apply(request);
      }
      if (fault != null && fault.cut() != null) {
        throw fault.cut().toStatus().withDescription("cut by the test").asRuntimeException();
      }
      observer.onNext(answer);
      observer.onCompleted();
    } catch (InterruptedException | RuntimeException e) {
      observer.onError(e);
    }
  }

  private synchronized @Nullable Fault nextFault(String method, Object request) {
    String channel =
        request instanceof ReplicateMessageRequest messages ? messages.getChannelName() : "";
    Queue<Fault> all = faults.getOrDefault(method, new ArrayDeque<>());
    Fault planned = faults.getOrDefault(channel, all).poll();
    return planned != null ? planned : trouble.apply(method);
  }

  private static String described(String method, Object request) {
    if (!(request instanceof ReplicateMessageRequest messages)) {
      return method;
    }
    List<String> types = messages.getMsgsList().stream().map(FakeRows::typeOf).toList();
    return messages.getChannelName() + types;
  }

  private ReplicateMessageResponse wrapped(Status status) {
    return ReplicateMessageResponse.newBuilder().setStatus(status).build();
  }

  private ReplicateMessageResponse replicate(ReplicateMessageRequest request) {
    if (request.getChannelName().isEmpty() && (standby || version.startsWith("2.5"))) {
      return wrapped(Fault.code(1100, "channel name is empty").answer());
    }
    if (!standby) {
      return wrapped(Fault.code(1900, "deny to use the replicate message api").answer());
    }
    if (request.getMsgsList().stream().anyMatch(message -> unreadable(message))) {
      return wrapped(Fault.code(1901, "invalid replicate msg bytes").answer());
    }
    ReplicateMessageRequest produced = untilTooLarge(request);
    replicated.add(produced);
    rows.take(produced);
    return produced.getMsgsCount() == request.getMsgsCount()
        ? wrapped(OK)
        : wrapped(Fault.code(65535, "Broker: Message size too large").answer());
  }

  /** Messages are produced one after the other, until one is refused. */
  private ReplicateMessageRequest untilTooLarge(ReplicateMessageRequest request) {
    List<ByteString> taken =
        request.getMsgsList().stream().takeWhile(message -> message.size() <= largest).toList();
    return request.toBuilder().clearMsgs().addAllMsgs(taken).build();
  }

  /** Lets its queue take no larger messages than this, as Kafka's {@code message.max.bytes}. */
  public synchronized void takeAtMost(int bytes) {
    largest = bytes;
  }

  private long now() {
    return Timestamps.ofMillis(System.currentTimeMillis() + leadMillis);
  }

  /** Says that it is of this version. */
  public synchronized void version(String text) {
    version = text;
  }

  /** Lets its clock be ahead of ours. */
  public synchronized void leadMillis(long millis) {
    leadMillis = millis;
  }

  private boolean unreadable(ByteString message) {
    try {
      return message.isEmpty()
          || "Insert".equals(FakeRows.typeOf(message))
              && refused.test(Msg.InsertRequest.parseFrom(message));
    } catch (InvalidProtocolBufferException e) {
      return true;
    }
  }

  /** Takes these for messages that cannot be read from now on. */
  public synchronized void refuse(Predicate<Msg.InsertRequest> which) {
    refused = which;
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** The next calls of this method, or for this channel, meet these faults, one each. */
  public synchronized void fail(String method, Fault... planned) {
    faults.computeIfAbsent(method, name -> new ArrayDeque<>()).addAll(List.of(planned));
  }

  /** Returns the number of planned faults that no call has met yet. */
  public synchronized int pendingFaults() {
    return faults.values().stream().mapToInt(Queue::size).sum();
  }

  /** Calls for which nothing is planned meet what this says, or nothing where it says null. */
  public synchronized void trouble(Function<String, @Nullable Fault> maker) {
    trouble = maker;
  }

  public synchronized void standby(boolean is) {
    standby = is;
  }

  /** Is no standby from the beginning, and takes changes without replicate info only. */
  public synchronized FakeMilvus ordinary() {
    standby = false;
    catalog.ordinary();
    return this;
  }

  /** What client writes have left. */
  public FakeTable table() {
    return table;
  }

  public FakeCatalog catalog() {
    return catalog;
  }

  public FakeServing serving() {
    return serving;
  }

  public FakeAccess access() {
    return access;
  }

  public FakeRows rows() {
    return rows;
  }

  /** What was done, in order: methods, and for messages {@code channel[types]}. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  public synchronized List<ReplicateMessageRequest> replicated() {
    return List.copyOf(replicated);
  }

  public synchronized void forgetCalls() {
    calls.clear();
    replicated.clear();
  }

  public synchronized @Nullable String authorization() {
    return authorization;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Listening implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      synchronized (FakeMilvus.this) {
        authorization =
            headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
      }
      return next.startCall(call, headers);
    }
  }
}
