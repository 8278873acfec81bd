package io.milvus.cdc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static CollectionVerdict collection(String name, Difference... differences) {
    return new CollectionVerdict("shop", name, 2, 10, 9, 12, 11, List.of(differences));
  }

  @Test
  void aTableHasALineForEachCollectionAndThenTheVerdict() {
    Verdict verdict = new Verdict(List.of(), List.of(collection("orders"), collection("items")));

    assertThat(verdict.equal()).isTrue();
    assertThat(verdict.rows()).isEqualTo(20);
    assertThat(verdict.table().lines().toList())
        .hasSize(4)
        .anySatisfy(
            line ->
                assertThat(line.split(" +"))
                    .containsExactly("shop.orders", "2", "10", "9", "12", "11", "equal"))
        .last()
        .isEqualTo("EQUAL: 2 collections, 20 rows");
  }

  @Test
  void differencesAreToldAfterTheTable() {
    Verdict verdict =
        new Verdict(
            List.of(new Difference("database a", "is not on the target")),
            List.of(
                collection("orders", new Difference("shop.orders", "row 5 is not on the target"))));

    assertThat(verdict.equal()).isFalse();
    assertThat(verdict.table())
        .containsSubsequence(
            "DIFFERENT",
            "database a: is not on the target",
            "shop.orders: row 5 is not on the target",
            "DIFFERENT: 2 differences shown");
  }

  @Test
  void whatIsOnlyInTheCatalogMakesADifferenceToo() {
    Verdict verdict =
        new Verdict(List.of(new Difference("collection a.b", "is only on the target")), List.of());

    assertThat(verdict.equal()).isFalse();
  }
}
