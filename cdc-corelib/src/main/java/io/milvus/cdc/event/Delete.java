package io.milvus.cdc.event;

/** Keys that were deleted from a collection. A delete never affects a row of its own timestamp. */
public record Delete(RowsHeader header, Payload payload) implements DataEvent {
  @Override
  public Delete with(Payload elsewhere) {
    return new Delete(header, elsewhere);
  }
}
