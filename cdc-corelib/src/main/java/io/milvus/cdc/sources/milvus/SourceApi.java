package io.milvus.cdc.sources.milvus;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.client.MilvusChannels;
import io.milvus.grpc.AllocTimestampRequest;
import io.milvus.grpc.AllocTimestampResponse;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.Status;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Requests the data from a source itself that its etcd does not hold. Only reads. */
final class SourceApi implements AutoCloseable {
  private static final String SERVICE = "milvus.proto.milvus.MilvusService/";
  private static final long DEADLINE_SECONDS = 10;

  private static final MethodDescriptor<DescribeCollectionRequest, DescribeCollectionResponse>
      DESCRIBE =
          MethodDescriptor.<DescribeCollectionRequest, DescribeCollectionResponse>newBuilder()
              .setType(MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(SERVICE + "DescribeCollection")
              .setRequestMarshaller(
                  ProtoUtils.marshaller(DescribeCollectionRequest.getDefaultInstance()))
              .setResponseMarshaller(
                  ProtoUtils.marshaller(DescribeCollectionResponse.getDefaultInstance()))
              .build();

  private static final MethodDescriptor<ListDatabasesRequest, ListDatabasesResponse> DATABASES =
      MethodDescriptor.<ListDatabasesRequest, ListDatabasesResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(SERVICE + "ListDatabases")
          .setRequestMarshaller(ProtoUtils.marshaller(ListDatabasesRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(ListDatabasesResponse.getDefaultInstance()))
          .build();

  private static final MethodDescriptor<AllocTimestampRequest, AllocTimestampResponse> TIME =
      MethodDescriptor.<AllocTimestampRequest, AllocTimestampResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(SERVICE + "AllocTimestamp")
          .setRequestMarshaller(ProtoUtils.marshaller(AllocTimestampRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(AllocTimestampResponse.getDefaultInstance()))
          .build();

  private final MilvusEndpoint endpoint;
  private final ManagedChannel connection;
  private final Channel channel;

  private SourceApi(MilvusEndpoint endpoint, ManagedChannel connection, Channel channel) {
    this.endpoint = endpoint;
    this.connection = connection;
    this.channel = channel;
  }

  /** Creates a connection. Contacts nothing yet. */
  static SourceApi connect(MilvusEndpoint endpoint) {
    ManagedChannel connection = MilvusChannels.to(endpoint).build();
    Secret token = endpoint.credentials();
    Channel channel =
        token == null ? connection : MilvusChannels.authorized(connection, token.value());
    return new SourceApi(endpoint, connection, channel);
  }

  private <Q, A> A call(MethodDescriptor<Q, A> method, Q request) {
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    return ClientCalls.blockingUnaryCall(channel, method, options, request);
  }

  /**
   * Checks that the source answers.
   *
   * @throws ConfigException with the cure, if it does not
   */
  void check() {
    String why;
    try {
      Status status = call(DATABASES, ListDatabasesRequest.getDefaultInstance()).getStatus();
      why = ok(status) ? "" : status.getReason();
    } catch (StatusRuntimeException e) {
      why = String.valueOf(e.getMessage());
    }
    if (!why.isEmpty()) {
      throw new ConfigException(
          "The source's API at %s cannot be used: %s.".formatted(endpoint.uri(), why),
          "Check the address and the token of api, or leave api out: then changed"
              + " properties are not replicated.");
    }
  }

  /** Returns by how many milliseconds its clock is ahead of this process's. */
  OptionalLong leadMillis() {
    try {
      long before = System.currentTimeMillis();
      AllocTimestampResponse answer = call(TIME, AllocTimestampRequest.getDefaultInstance());
      long middle = (before + System.currentTimeMillis()) / 2;
      return ok(answer.getStatus())
          ? OptionalLong.of(Timestamps.millis(answer.getTimestamp()) - middle)
          : OptionalLong.empty();
    } catch (StatusRuntimeException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns the properties of a collection, or empty if they are unknown now. */
  Optional<Map<String, String>> properties(String database, String collection, long id) {
    try {
      DescribeCollectionResponse answer =
          call(
              DESCRIBE,
              DescribeCollectionRequest.newBuilder()
                  .setDbName(database)
                  .setCollectionName(collection)
                  .build());
      return ok(answer.getStatus()) && answer.getCollectionID() == id
          ? Optional.of(
              answer.getPropertiesList().stream()
                  .collect(
                      Collectors.toMap(KeyValuePair::getKey, KeyValuePair::getValue, (a, b) -> b)))
          : Optional.empty();
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  @SuppressWarnings(
      "deprecation") // 2.3 sets the old code too, and some answers have only that one.
  private static boolean ok(Status status) {
    return status.getCode() == 0 && status.getErrorCode() == ErrorCode.Success;
  }

  @Override
  public void close() {
    connection.shutdownNow();
  }
}
