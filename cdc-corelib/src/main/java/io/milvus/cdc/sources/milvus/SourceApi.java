package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.internal.decode.KeyValues;
import io.milvus.cdc.internal.milvus.CallException;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.grpc.AllocTimestampRequest;
import io.milvus.grpc.AllocTimestampResponse;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Requests the data from a source itself that its etcd does not hold. Only reads. */
final class SourceApi implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final MilvusRpc rpc;

  private SourceApi(MilvusRpc rpc) {
    this.rpc = rpc;
  }

  /** Creates a connection. Contacts nothing yet. */
  static SourceApi connect(MilvusEndpoint endpoint) {
    return new SourceApi(MilvusRpc.connect(endpoint));
  }

  /**
   * Checks that the source answers.
   *
   * @throws ConfigException with the cure, if it does not
   */
  void check() {
    String why;
    try {
      Status status =
          rpc.call(Methods.LIST_DATABASES, ListDatabasesRequest.getDefaultInstance(), DEADLINE)
              .getStatus();
      why = MilvusStatus.ok(status) ? "" : status.getReason();
    } catch (CallException e) {
      why = String.valueOf(e.getMessage());
    }
    if (!why.isEmpty()) {
      throw new ConfigException(
          "The source's API at %s cannot be used: %s.".formatted(rpc.endpoint().uri(), why),
          "Check the address and the token of api, or leave api out: then changed"
              + " properties are not replicated.");
    }
  }

  /** Returns a timestamp that it issues now, or empty if it does not answer. */
  OptionalLong timestamp() {
    try {
      AllocTimestampResponse answer =
          rpc.call(Methods.ALLOC_TIMESTAMP, AllocTimestampRequest.getDefaultInstance(), DEADLINE);
      return MilvusStatus.ok(answer.getStatus())
          ? OptionalLong.of(answer.getTimestamp())
          : OptionalLong.empty();
    } catch (CallException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Asks it to store all rows of a collection. Returns when it has accepted that.
   *
   * @throws RetriableException if it does not answer, or refuses
   */
  void flush(String database, String collection) {
    FlushRequest request =
        FlushRequest.newBuilder().setDbName(database).addCollectionNames(collection).build();
    String why;
    try {
      Status status = rpc.call(Methods.FLUSH, request, DEADLINE).getStatus();
      why = MilvusStatus.ok(status) ? "" : status.getReason();
    } catch (CallException e) {
      throw new RetriableException(
          "The source does not flush %s.%s: %s".formatted(database, collection, e.getMessage()),
          "",
          e);
    }
    if (!why.isEmpty()) {
      throw new SourceRefusedException(
          "The source refuses to flush %s.%s: %s.".formatted(database, collection, why),
          "Grant the user of the source's api the privilege Flush, or start without a flush.");
    }
  }

  /** Returns by how many milliseconds its clock is ahead of this process's. */
  OptionalLong leadMillis() {
    long before = System.currentTimeMillis();
    OptionalLong issued = timestamp();
    long middle = (before + System.currentTimeMillis()) / 2;
    return issued.isPresent()
        ? OptionalLong.of(Timestamps.millis(issued.getAsLong()) - middle)
        : issued;
  }

  /** Returns the properties of a collection, or empty if they are unknown now. */
  Optional<Map<String, String>> properties(String database, String collection, long id) {
    try {
      DescribeCollectionResponse answer =
          rpc.call(
              Methods.DESCRIBE_COLLECTION,
              DescribeCollectionRequest.newBuilder()
                  .setDbName(database)
                  .setCollectionName(collection)
                  .build(),
              DEADLINE);
      return MilvusStatus.ok(answer.getStatus()) && answer.getCollectionID() == id
          ? Optional.of(KeyValues.map(answer.getPropertiesList()))
          : Optional.empty();
    } catch (CallException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    rpc.close();
  }
}
