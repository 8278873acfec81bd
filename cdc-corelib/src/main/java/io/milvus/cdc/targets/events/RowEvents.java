package io.milvus.cdc.targets.events;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.rows.DeletedKeys;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.rows.Row;
import io.milvus.cdc.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Creates an event of each row of a message. */
final class RowEvents {
  private RowEvents() {}

  /**
   * Returns the events of a message.
   *
   * @param cut rows at or below it are copied
   */
  static List<StreamEvent> of(DataEvent event, Table table, long cut) {
    return event instanceof Insert insert ? of(insert, table, cut) : of((Delete) event, table);
  }

  private static List<StreamEvent> of(Insert insert, Table table, long cut) {
    boolean existing = insert.timestamp() <= cut;
    InsertedRows rows = Rows.of(insert, table.database(), table.entry());
    Map<String, String> types = rows.types();
    String partition = rows.partition();
    List<StreamEvent> events = new ArrayList<>(rows.count());
    for (int i = 0; i < rows.count(); i++) {
      Row row = rows.row(i);
      String id = existing ? idOf(table, row, cut) : idOf(insert, i);
      events.add(
          new StreamEvent.RowInserted(
              id, row.timestamp().value(), table, partition, row, types, existing));
    }
    return events;
  }

  private static List<StreamEvent> of(Delete delete, Table table) {
    DeletedKeys keys = Rows.of(delete, table.database(), table.entry());
    List<StreamEvent> events = new ArrayList<>(keys.keys().size());
    for (Object key : keys.keys()) {
      String id = idOf(delete, events.size());
      events.add(
          new StreamEvent.RowDeleted(id, keys.timestamp().value(), table, keys.partition(), key));
    }
    return events;
  }

  /** Returns the number that the source has assigned to the row for good, and the copy. */
  private static String idOf(Table table, Row row, long cut) {
    return "rows/%d/%d/%d".formatted(table.id(), row.number(), cut);
  }

  /** Returns the message's place in the source's queue, and the row's index in the message. */
  private static String idOf(DataEvent message, int index) {
    return message.header().channel() + "/" + message.position() + "/" + index;
  }
}
