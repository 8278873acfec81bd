package io.milvus.cdc.examples.testbed.workload;

import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.client.Serving;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import java.util.Map;

/**
 * Indexes, loads and releases a permanent collection, and indexes it differently, repeatedly. No
 * other thread may change its indexes or load state.
 */
final class PassingServing implements Steps {
  private static final String INDEX = "passing";

  private final MilvusCollection collection;
  private final FieldSchema vector;
  private int step;

  PassingServing(MilvusCollection collection, Shape shape) {
    this.collection = collection;
    this.vector =
        shape.schema().getFieldsList().stream()
            .filter(PassingServing::isVector)
            .findFirst()
            .orElseThrow();
  }

  private static boolean isVector(FieldSchema field) {
    return field.getDataType() == DataType.FloatVector
        || field.getDataType() == DataType.BinaryVector;
  }

  @Override
  public void next() {
    Serving serving = collection.serving();
    switch (step++ % 4) {
      case 0 -> serving.createIndex(vector.getName(), INDEX, parameters());
      case 1 -> serving.startLoad();
      case 2 -> serving.release();
      default -> {
        serving.release();
        serving.dropIndex(vector.getName(), INDEX);
      }
    }
  }

  private Map<String, String> parameters() {
    boolean other = step % 8 < 4;
    boolean binary = vector.getDataType() == DataType.BinaryVector;
    return Map.of(
        "index_type", (binary ? "BIN_" : "") + (other ? "FLAT" : "IVF_FLAT"),
        "metric_type", binary ? "HAMMING" : "L2",
        "params", other ? "{}" : "{\"nlist\":16}");
  }
}
