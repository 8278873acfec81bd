package io.milvus.cdc.internal.client;

import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.QueryRequest;
import java.util.List;

/**
 * What to read.
 *
 * @param expression which rows; empty only for counting
 * @param fields of them
 * @param partitions where; empty for all
 * @param limit at most so many rows, those of the smallest keys; 0 for no limit
 */
public record Query(
    String expression, List<String> fields, List<String> partitions, ReadAt at, int limit) {
  /** Copies the lists. */
  public Query {
    fields = List.copyOf(fields);
    partitions = List.copyOf(partitions);
  }

  /** Reads everything that was written before, from all partitions. */
  public static Query of(String expression, String... fields) {
    return new Query(expression, List.of(fields), List.of(), ReadAt.strong(), 0);
  }

  public Query in(List<String> some) {
    return new Query(expression, fields, some, at, limit);
  }

  public Query at(ReadAt when) {
    return new Query(expression, fields, partitions, when, limit);
  }

  QueryRequest request(String database, String collection) {
    QueryRequest.Builder request =
        QueryRequest.newBuilder()
            .setDbName(database)
            .setCollectionName(collection)
            .setExpr(expression)
            .addAllOutputFields(fields)
            .addAllPartitionNames(partitions)
            .setConsistencyLevel(at.level())
            .setGuaranteeTimestamp(at.guarantee());
    if (limit > 0) {
      request.addQueryParams(
          KeyValuePair.newBuilder().setKey("limit").setValue(Integer.toString(limit)));
      // Without it a Milvus Lite answers any rows, in any order. 2.3 does not know it.
      request.addQueryParams(KeyValuePair.newBuilder().setKey("iterator").setValue("True"));
    }
    return request.build();
  }
}
