package io.milvus.cdc.targets.consumer;

import io.milvus.cdc.event.DataEvent;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Divides a round, in order, into parts of whole timestamps. Each part has as many as fit, so that
 * an upsert is in one part.
 */
record Batches(List<DataEvent> events, long mostBytes) implements Iterable<List<DataEvent>> {
  @Override
  public Iterator<List<DataEvent>> iterator() {
    return new Iterator<>() {
      private int start;

      @Override
      public boolean hasNext() {
        return start < events.size();
      }

      @Override
      public List<DataEvent> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int end = endOfTimestamp(start);
        long bytes = bytes(start, end);
        while (end < events.size()) {
          int further = endOfTimestamp(end);
          bytes += bytes(end, further);
          if (bytes > mostBytes) {
            break;
          }
          end = further;
        }
        List<DataEvent> part = events.subList(start, end);
        start = end;
        return part;
      }
    };
  }

  private int endOfTimestamp(int from) {
    int end = from;
    while (end < events.size() && events.get(end).timestamp() == events.get(from).timestamp()) {
      end++;
    }
    return end;
  }

  private long bytes(int from, int to) {
    return events.subList(from, to).stream().mapToLong(event -> event.payload().size()).sum();
  }
}
