package io.milvus.cdc.internal.client;

import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.QueryRequest;
import java.util.List;

/**
 * Selects the values to read.
 *
 * @param expression selects the rows; empty only for counting
 * @param fields of these rows
 * @param partitions limits the rows to these partitions; empty for all
 * @param limit the most rows to return, from the smallest keys; 0 for no limit
 */
public record Query(
    String expression, List<String> fields, List<String> partitions, ReadAt at, int limit) {
  /** Copies the lists. */
  public Query {
    fields = List.copyOf(fields);
    partitions = List.copyOf(partitions);
  }

  /** Returns a query of everything that was written before, in all partitions. */
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
      // Without it a Milvus Lite returns any rows, in any order. 2.3 does not know it.
      request.addQueryParams(KeyValuePair.newBuilder().setKey("iterator").setValue("True"));
    }
    return request.build();
  }
}
