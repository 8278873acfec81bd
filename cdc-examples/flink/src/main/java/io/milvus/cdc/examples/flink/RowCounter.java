package io.milvus.cdc.examples.flink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of each collection. Events wait until their time is complete in every Kafka
 * partition. Then they are applied in the order of their timestamps. A drop is in every partition.
 * It therefore removes all earlier rows of every Kafka partition.
 */
final class RowCounter extends KeyedProcessFunction<String, ChangeEvent, CollectionCount> {
  private static final long serialVersionUID = 1L;
  private static final Comparator<ChangeEvent> ORDER =
      Comparator.comparingLong(ChangeEvent::timestamp).thenComparingInt(ChangeEvent::rank);

  /** Holds events whose time is not complete, by that time and by their ids. */
  private transient MapState<Long, Map<String, ChangeEvent>> waiting;

  /** Holds the partition of each existing row, by the row's key. */
  private transient MapState<String, String> rows;

  private transient ValueState<Long> count;

  @Override
  public void open(OpenContext context) {
    waiting =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "waiting",
                    Types.LONG,
                    Types.MAP(Types.STRING, TypeInformation.of(ChangeEvent.class))));
    rows =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("rows", Types.STRING, Types.STRING));
    count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
  }

  @Override
  public void processElement(ChangeEvent event, Context context, Collector<CollectionCount> out)
      throws Exception {
    // An event whose time is already complete is a copy: a producer without transactions repeats
    // events after a crash.
    if (event.millis() > context.timerService().currentWatermark()) {
      Map<String, ChangeEvent> same = waiting.get(event.millis());
      if (same == null) {
        same = new HashMap<>();
        context.timerService().registerEventTimeTimer(event.millis());
      }
      same.put(event.id(), event);
      waiting.put(event.millis(), same);
    }
  }

  @Override
  public void onTimer(long millis, OnTimerContext context, Collector<CollectionCount> out)
      throws Exception {
    List<ChangeEvent> due = new ArrayList<>(waiting.get(millis).values());
    waiting.remove(millis);
    due.sort(ORDER);
    for (ChangeEvent event : due) {
      apply(event);
    }
    ChangeEvent last = due.get(due.size() - 1);
    boolean gone = last.type().equals("collection.dropped");
    out.collect(
        new CollectionCount(last.collectionId(), last.collection(), counted(), gone, millis));
  }

  private void apply(ChangeEvent event) throws Exception {
    switch (event.type()) {
      case "row.inserted", "row.read" -> {
        add(rows.contains(event.key()) ? 0 : 1);
        rows.put(event.key(), event.partition());
      }
      case "row.deleted" -> {
        String partition = rows.get(event.key());
        if (partition != null
            && (event.partition().isEmpty() || event.partition().equals(partition))) {
          rows.remove(event.key());
          add(-1);
        }
      }
      case "partition.dropped" -> {
        for (Iterator<String> each = rows.values().iterator(); each.hasNext(); ) {
          if (each.next().equals(event.partition())) {
            each.remove();
            add(-1);
          }
        }
      }
      case "collection.dropped" -> {
        rows.clear();
        count.clear();
      }
      default -> {}
    }
  }

  private void add(long more) throws Exception {
    count.update(counted() + more);
  }

  private long counted() throws Exception {
    @Nullable Long known = count.value();
    return known == null ? 0 : known;
  }
}
