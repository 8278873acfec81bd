package io.milvus.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  private static final Selection ALL = Selection.everything();
  private static final Selection A = Selection.databases("a");
  private static final Selection A_BOOKS = Selection.collections("a.books");
  private static final Selection A_FILMS = Selection.collections("a.films");
  private static final Selection B_AND_A_BOOKS = Selection.of("b", "a.books");

  static Arguments[] pairs() {
    return new Arguments[] {
      Arguments.of(ALL, ALL, true),
      Arguments.of(ALL, A_BOOKS, true),
      Arguments.of(A, Selection.databases("a", "b"), true),
      Arguments.of(A, Selection.databases("b"), false),
      Arguments.of(A, Selection.databases("aa"), false),
      Arguments.of(A, A_BOOKS, true),
      Arguments.of(A, Selection.collections("aa.books"), false),
      Arguments.of(A_BOOKS, A_BOOKS, true),
      Arguments.of(A_BOOKS, A_FILMS, false),
      Arguments.of(B_AND_A_BOOKS, A_BOOKS, true),
      Arguments.of(B_AND_A_BOOKS, A_FILMS, false),
      Arguments.of(B_AND_A_BOOKS, A, true),
      Arguments.of(Selection.of("*.orders"), Selection.of("tenant_?.*"), true),
      Arguments.of(Selection.of("a*z"), Selection.of("*b*"), true),
      Arguments.of(Selection.of("a*"), Selection.of("b*"), false),
      Arguments.of(Selection.of("a.o*"), Selection.of("*.?x"), true),
      Arguments.of(Selection.of("a.o*"), Selection.of("*.xx"), false),
      Arguments.of(ALL.except("a"), A, false),
      Arguments.of(ALL.except("a"), A_BOOKS, false),
      Arguments.of(ALL.except("a.b*"), A_BOOKS, false),
      Arguments.of(ALL.except("a.b*"), A_FILMS, true),
      Arguments.of(ALL.except("a.b*"), A, true),
    };
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whetherTwoSelectionsHaveACollectionInCommon(Selection one, Selection other, boolean common) {
    assertThat(one.overlaps(other)).isEqualTo(common);
    assertThat(other.overlaps(one)).isEqualTo(common);
  }

  @Test
  void patternsAndExclusionsDecideByName() {
    Selection tenants = Selection.of("tenant_*.orders", "sales").except("tenant_x", "sales.tmp_?");
    assertThat(tenants.includes("tenant_1", "orders")).isTrue();
    assertThat(tenants.includes("tenant_1", "other")).isFalse();
    assertThat(tenants.includes("tenant_x", "orders")).isFalse();
    assertThat(tenants.includes("sales", "anything")).isTrue();
    assertThat(tenants.includes("sales", "tmp_1")).isFalse();
    assertThat(tenants.includes("sales", "tmp_12")).isTrue();
    assertThat(tenants.includes("sale", "tmp_12")).isFalse();
    assertThat(tenants.includes("tenant_1")).isTrue();
    assertThat(tenants.includes("tenant_x")).isFalse();
    assertThat(tenants.includes("sales")).isTrue();
    assertThat(tenants.includes("default")).isFalse();
  }

  @Test
  void aSelectionIsReadBackFromItsText() {
    Selection some = Selection.of("sales", "tenant_*.orders").except("sales.tmp_*");
    assertThat(some).hasToString("sales,tenant_*.orders,!sales.tmp_*");
    assertThat(Selection.parse(some.toString())).isEqualTo(some);
    assertThat(Selection.parse("*")).isEqualTo(ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",a", "a.", ".b", "a.b.c", "!a"})
  void aSelectionThatNamesNothingIsRefused(String text) {
    assertThatThrownBy(() -> Selection.parse(text)).isInstanceOf(ConfigException.class);
  }

  @Test
  void aCollectionWithoutItsDatabaseIsRefused() {
    assertThatThrownBy(() -> Selection.collections("orders"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("default.orders");
  }
}
