package io.milvus.cdc.internal.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.testkit.Seeded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the interleaving: every row once, in order, none before its time. */
@Timeout(120)
class TickMergerPropertyTest {
  private static final long START = 100;
  private static final long END = 5000;
  @TempDir Path directory;

  @Test
  void everyRowComesOnceInOrderAndNotBeforeItsTick() {
    Seeded.times(60, this::merges);
  }

  private void merges(SplittableRandom random) throws Exception {
    Map<String, List<ChannelEvent>> history = history(random);
    List<Demand> demands =
        history.keySet().stream().map(c -> new Demand(c, 1, START, Long.MAX_VALUE)).toList();
    List<Thread> readers = new ArrayList<>();
    List<DataEvent> got = new ArrayList<>();
    try (TickMerger merger =
        new TickMerger(
            List.copyOf(history.keySet()), START, 20_000, directory, (channel, unknown) -> {})) {
      merger.follow(rows -> false, demands);
      history.forEach((channel, events) -> readers.add(reader(merger, channel, events)));
      long reached = START;
      long end = reach(history);
      while (reached < end) {
        merger.await(Duration.ofMillis(50), Duration.ZERO);
        long bound = merger.frontier(merger.snapshot());
        while (bound > reached) {
          Taken taken = merger.take(bound, random.nextInt(1, 4000));
          checkRound(taken, reached, bound);
          checkPositions(history, merger.positions(), taken.upTo());
          reached = taken.upTo();
          got.addAll(taken.events());
          merger.release(taken);
        }
      }
      for (Thread reader : readers) {
        // What is beyond the end may well wait for room.
        reader.interrupt();
        reader.join();
      }
    }
    assertThat(places(got)).isEqualTo(places(model(history)));
  }

  private static void checkRound(Taken taken, long from, long bound) {
    assertThat(taken.upTo()).isBetween(from, bound);
    for (DataEvent event : taken.events()) {
      assertThat(event.timestamp()).isGreaterThan(from).isLessThanOrEqualTo(taken.upTo());
    }
  }

  /** Reading again from the positions, passing over what is done, misses nothing. */
  private static void checkPositions(
      Map<String, List<ChannelEvent>> history,
      Map<String, io.milvus.cdc.event.Position> positions,
      long done) {
    positions.forEach(
        (channel, position) -> {
          for (ChannelEvent event : history.get(channel)) {
            if (event.position().equals(position)) {
              return;
            }
            if (event instanceof DataEvent rows) {
              assertThat(rows.timestamp())
                  .as("%s before %s", event, position)
                  .isLessThanOrEqualTo(done);
            }
          }
          throw new AssertionError("No such position: " + position);
        });
  }

  private static Thread reader(TickMerger merger, String channel, List<ChannelEvent> events) {
    Thread thread =
        new Thread(
            () -> {
              try {
                for (ChannelEvent event : events) {
                  merger.offer(channel, event);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Messages in no order between ticks, but never one at or below a tick before it. */
  private static Map<String, List<ChannelEvent>> history(SplittableRandom random) {
    Map<String, List<ChannelEvent>> history = new HashMap<>();
    for (int c = random.nextInt(1, 5); c > 0; c--) {
      String channel = "c" + c;
      List<ChannelEvent> events = new ArrayList<>();
      long tick = START - random.nextInt(50);
      long place = 0;
      while (tick < END) {
        for (int i = random.nextInt(random.nextInt(1, 20)); i > 0; i--) {
          long time = tick + 1 + random.nextInt(300);
          events.add(row(random, channel, place++, time));
        }
        tick += random.nextInt(200);
        tick = random.nextInt(40) == 0 ? END : tick;
        events.add(new TimeTick(Rows.at(place++), tick));
      }
      history.put(channel, events);
    }
    return history;
  }

  private static DataEvent row(SplittableRandom random, String channel, long place, long time) {
    return random.nextInt(4) == 0
        ? Rows.delete(channel, place, time)
        : Rows.insert(channel, place, time, 1, new byte[random.nextInt(1500)]);
  }

  private static List<DataEvent> model(Map<String, List<ChannelEvent>> history) {
    return history.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(entry -> entry.getValue().stream())
        .filter(DataEvent.class::isInstance)
        .map(DataEvent.class::cast)
        .filter(event -> event.timestamp() > START && event.timestamp() <= reach(history))
        .sorted(
            Comparator.comparingLong(DataEvent::timestamp)
                .thenComparing(event -> event instanceof Delete ? 0 : 1))
        .toList();
  }

  private static long reach(Map<String, List<ChannelEvent>> history) {
    return history.values().stream()
        .mapToLong(events -> ((TimeTick) events.get(events.size() - 1)).timestamp())
        .min()
        .orElseThrow();
  }

  private static List<String> places(List<DataEvent> events) {
    return events.stream()
        .map(event -> event.header().channel() + event.position() + "@" + event.timestamp())
        .toList();
  }
}
