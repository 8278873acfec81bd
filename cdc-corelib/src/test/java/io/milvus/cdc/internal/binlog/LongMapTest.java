package io.milvus.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.milvus.cdc.testkit.Seeded;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LongMapTest {
  @Test
  void behavesAsAMapOfObjects() {
    Seeded.times(
        200,
        random -> {
          LongMap map = new LongMap();
          Map<Long, Long> expected = new HashMap<>();
          long step = random.nextBoolean() ? 1 : 1L << random.nextInt(60);
          for (int i = random.nextInt(2_000); i > 0; i--) {
            long key = random.nextLong(-500, 500) * step;
            long value = random.nextLong(1, 1_000);
            map.putGreatest(key, value);
            expected.merge(key, value, Math::max);
          }
          assertThat(map.size()).isEqualTo(expected.size());
          for (long key = -500; key < 500; key++) {
            assertThat(map.get(key * step)).isEqualTo(expected.getOrDefault(key * step, 0L));
          }
        });
  }

  @Test
  void zeroIsAKeyAndNoValue() {
    LongMap map = new LongMap();
    map.putGreatest(0, 5);

    assertThat(map.get(0)).isEqualTo(5);
    assertThatIllegalArgumentException().isThrownBy(() -> map.putGreatest(1, 0));
  }
}
