package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneClientTarget.BOOKS;
import static io.milvus.cdc.targets.milvus.OneClientTarget.DEFAULT;
import static io.milvus.cdc.targets.milvus.OneClientTarget.SPRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.Fault;
import io.milvus.cdc.testkit.Seeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sessions break at any request, done or not, and the next one replays what its checkpoint does not
 * cover; in the end the target has what the changes come to.
 */
@Timeout(120)
class ClientWriteCrashTest {
  private static final int ROUNDS = 60;

  @Test
  void whateverBreaksTheRowsAreThoseOfTheSource() {
    Seeded.times(3, ClientWriteCrashTest::run);
  }

  private static void run(SplittableRandom random) throws Exception {
    List<List<DataEvent>> rounds = new ArrayList<>();
    Map<String, Map<String, Long>> expected = new HashMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(round(i, random, expected));
    }
    try (OneClientTarget one = new OneClientTarget()) {
      one.create(BOOKS);
      String sessionState = one.session.sessionState();
      SplittableRandom faults = random.split();
      one.milvus.trouble(
          method ->
              !method.equals("Upsert") && !method.equals("Delete")
                  ? null
                  : switch (faults.nextInt(12)) {
                    case 0 -> Fault.cutBefore();
                    case 1 -> Fault.cutAfter();
                    case 2 -> Fault.code(8, "rate limit");
                    default -> null;
                  });
      int stored = 0;
      int next = 0;
      while (next < ROUNDS) {
        try {
          one.send(rounds.get(next).toArray(DataEvent[]::new));
          next++;
          if (random.nextInt(3) == 0) {
            stored = next;
          }
        } catch (RetriableException e) {
          one.open(sessionState);
          assertThat(one.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
          next = stored;
        }
      }
      assertThat(one.rows("_default")).isEqualTo(expected.getOrDefault("_default", Map.of()));
      assertThat(one.rows("spring")).isEqualTo(expected.getOrDefault("spring", Map.of()));
      assertThat(one.table().violations()).isEmpty();
    }
  }

  /** Some changes of few keys, and what they do to rows of which a partition has one of a key. */
  private static List<DataEvent> round(
      int number, SplittableRandom random, Map<String, Map<String, Long>> rows) {
    List<DataEvent> events = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      long version = number * 10L + i;
      int shard = random.nextInt(2);
      boolean spring = random.nextBoolean();
      long partition = spring ? SPRING : DEFAULT;
      String name = spring ? "spring" : "_default";
      // Even keys are of one shard, odd ones of the other.
      Long[] keys = {2L * random.nextInt(5) + shard, 2L * random.nextInt(5) + shard};
      switch (random.nextInt(4)) {
        case 0 -> {
          events.add(delete(shard, -1, version, keys));
          rows.values().forEach(there -> remove(there, keys));
        }
        case 1 -> {
          events.add(delete(shard, partition, version, keys));
          remove(rows.computeIfAbsent(name, n -> new HashMap<>()), keys);
        }
        default -> {
          events.add(OneClientTarget.insert(shard, partition, version, keys));
          for (Long key : keys) {
            rows.computeIfAbsent(name, n -> new HashMap<>()).put(key.toString(), version);
          }
        }
      }
    }
    return events;
  }

  private static DataEvent delete(int shard, long partition, long version, Long... keys) {
    return OneClientTarget.delete(shard, partition, version, keys);
  }

  private static void remove(Map<String, Long> there, Long... keys) {
    for (Long key : keys) {
      there.remove(key.toString());
    }
  }
}
