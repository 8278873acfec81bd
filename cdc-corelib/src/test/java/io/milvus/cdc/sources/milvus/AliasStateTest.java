package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.proto.meta.AliasInfo;
import io.milvus.cdc.testkit.Golden;
import org.junit.jupiter.api.Test;

class AliasStateTest {
  private static final String META = "by-dev/meta/";
  private static final String KEY = "root-coord/database/aliases/7/a_ts1";
  private static final AliasName NAME = new AliasName(7, "a_ts1");
  private static final ByteString TOMBSTONE = ByteString.fromHex("e29bbc");
  private final CatalogState state = new CatalogState();

  private void write(ByteString value, long at) {
    state.apply(KEY, value);
    state.apply("snapshots/" + KEY + "_ts" + at, value);
  }

  private static ByteString of(long collection, long since) {
    return AliasInfo.newBuilder()
        .setName(NAME.text())
        .setCollectionId(collection)
        .setCreateTime(since)
        .build()
        .toByteString();
  }

  private AliasEntry entry() {
    return state.catalog().aliases().get(NAME);
  }

  @Test
  void readsALiveAliasOf235() {
    Golden.of("milvus-2.3.5-etcd.txt")
        .values()
        .forEach(
            (key, value) -> {
              if (key.startsWith(META)) {
                state.apply(key.substring(META.length()), ByteString.copyFrom(value));
              }
            });
    AliasEntry alias = state.catalog().aliases().get(new AliasName(1, "al1"));

    assertThat(alias.collectionId()).isEqualTo(470665666370208544L);
    assertThat(alias.since()).isPositive();
    assertThat(alias.dropped()).isFalse();
  }

  @Test
  void anAliasMovesAndIsDroppedAndComesBack() {
    write(of(1, 100), 100);
    write(of(2, 200), 200);
    assertThat(entry()).isEqualTo(new AliasEntry(NAME, 2, 200, 0));

    write(TOMBSTONE, 300);
    assertThat(entry()).isEqualTo(new AliasEntry(NAME, 2, 200, 300));

    write(of(1, 400), 400);
    assertThat(entry()).isEqualTo(new AliasEntry(NAME, 1, 400, 0));

    write(TOMBSTONE, 500);
    assertThat(entry().droppedAt()).isEqualTo(500);
  }

  @Test
  void aDropOfWhichOnlyTheMissingKeyTellsIsLongAgo() {
    state.apply(KEY, of(1, 100));
    state.apply(KEY, null);
    assertThat(entry().droppedAt()).isEqualTo(DatabaseEntry.LONG_AGO);
  }
}
