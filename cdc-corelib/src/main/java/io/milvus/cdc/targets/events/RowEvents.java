package io.milvus.cdc.targets.events;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.rows.DeletedKeys;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Creates an event of each row of a message. */
final class RowEvents {
  private RowEvents() {}

  static List<ChangeEvent> of(DataEvent event, Table table) {
    return event instanceof Insert insert ? of(insert, table) : of((Delete) event, table);
  }

  private static List<ChangeEvent> of(Insert insert, Table table) {
    InsertedRows rows = Rows.of(insert, table.database(), table.entry());
    Map<String, String> types = rows.types();
    String partition = rows.partition();
    List<ChangeEvent> events = new ArrayList<>(rows.count());
    for (int i = 0; i < rows.count(); i++) {
      String id = idOf(insert, i);
      events.add(
          new ChangeEvent.RowInserted(id, rows.timestamp(), table, partition, rows.row(i), types));
    }
    return events;
  }

  private static List<ChangeEvent> of(Delete delete, Table table) {
    DeletedKeys keys = Rows.of(delete, table.database(), table.entry());
    List<ChangeEvent> events = new ArrayList<>(keys.keys().size());
    for (Object key : keys.keys()) {
      String id = idOf(delete, events.size());
      events.add(new ChangeEvent.RowDeleted(id, keys.timestamp(), table, keys.partition(), key));
    }
    return events;
  }

  /** Returns the message's place in the source's queue, and the row's index in the message. */
  private static String idOf(DataEvent message, int index) {
    return message.header().channel() + "/" + message.position() + "/" + index;
  }
}
