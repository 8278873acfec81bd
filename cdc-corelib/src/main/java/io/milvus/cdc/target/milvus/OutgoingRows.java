package io.milvus.cdc.target.milvus;

import com.google.protobuf.ByteString;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.wire.Address;
import io.milvus.cdc.wire.DeleteMessage;
import io.milvus.cdc.wire.InsertMessage;
import io.milvus.cdc.wire.RowsMessage;
import java.io.IOException;

/** The source's rows, readdressed. */
record OutgoingRows(DataEvent event, Address address) implements Outgoing {
  @Override
  public long timestamp() {
    return event.timestamp();
  }

  @Override
  public int size() {
    return event.payload().size();
  }

  @Override
  public ByteString encode(long messageId, long timestamp) {
    return parse(event).rewrite(address, messageId, timestamp);
  }

  private static RowsMessage parse(DataEvent event) {
    try {
      byte[] body = event.payload().bytes();
      return event instanceof Insert ? InsertMessage.parse(body) : DeleteMessage.parse(body);
    } catch (IOException e) {
      throw new SourceException(
          "Message %s of channel %s was readable before and is not any more"
              .formatted(event.position(), event.header().channel()),
          e);
    }
  }
}
