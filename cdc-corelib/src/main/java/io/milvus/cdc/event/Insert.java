package io.milvus.cdc.event;

/** Rows that were inserted into a collection. */
public record Insert(RowsHeader header, Payload payload) implements DataEvent {
  @Override
  public Insert with(Payload elsewhere) {
    return new Insert(header, elsewhere);
  }
}
