package io.milvus.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionTest {
  private static final Selection ALL = Selection.everything();
  private static final Selection A = Selection.databases("a");
  private static final Selection A_BOOKS = Selection.collections("a.books");
  private static final Selection A_FILMS = Selection.collections("a.films");
  private static final Selection B_AND_A_BOOKS = new Selection(Set.of("b"), Set.of("a.books"));

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
    };
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whetherTwoSelectionsHaveACollectionInCommon(Selection one, Selection other, boolean common) {
    assertThat(one.overlaps(other)).isEqualTo(common);
    assertThat(other.overlaps(one)).isEqualTo(common);
  }
}
