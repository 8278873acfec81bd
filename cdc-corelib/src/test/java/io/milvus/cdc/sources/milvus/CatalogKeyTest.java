package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.sources.milvus.CatalogKey.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogKeyTest {

  @Test
  void readsTheKeysOfTheCatalog() {
    assertThat(CatalogKey.parse("root-coord/database/db-info/7"))
        .isEqualTo(new CatalogKey(Kind.DATABASE, 0, 7, 0));
    assertThat(CatalogKey.parse("root-coord/database/collection-info/7/470665666370208544"))
        .isEqualTo(new CatalogKey(Kind.COLLECTION, 7, 470665666370208544L, 0));
    assertThat(CatalogKey.parse("root-coord/fields/4/101"))
        .isEqualTo(new CatalogKey(Kind.FIELD, 4, 101, 0));
    assertThat(CatalogKey.parse("root-coord/partitions/4/5"))
        .isEqualTo(new CatalogKey(Kind.PARTITION, 4, 5, 0));
  }

  @Test
  void readsHistoricalCopiesWithTheTimeTheyWereWritten() {
    CatalogKey key =
        CatalogKey.parse(
            "snapshots/root-coord/database/collection-info/1/470665666370208544_ts470665707992383493");

    assertThat(key)
        .isEqualTo(new CatalogKey(Kind.COLLECTION, 1, 470665666370208544L, 470665707992383493L));
    assertThat(key.historical()).isTrue();
    assertThat(CatalogKey.parse("root-coord/partitions/4/5").historical()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "root-coord/",
        "root-coord/database/aliases/1/al1",
        "root-coord/credential/users/root",
        "root-coord/collection/470665666370208544",
        "root-coord/fields/4",
        "root-coord/fields/4/101/x",
        "root-coord/fields/a/b",
        "root-coord/database/db-info/",
        "snapshots/root-coord/database/db-info/7",
        "snapshots/root-coord/database/db-info/7_ts",
        "snapshots/root-coord/database/db-info/7_tsx",
        "snapshots/root-coord/database/aliases/1/a_tsb_ts470665707992383493",
        "segment-index/1/2/3/4",
        "session/proxy-1"
      })
  void passesOverWhatIsNoneOfTheCatalogs(String key) {
    assertThat(CatalogKey.parse(key)).isNull();
  }
}
