package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.Grant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessScopeTest {
  private static final Grant ORDERS = insert("sales", "orders");
  private static final Grant SALES = insert("sales", "*");
  private static final Grant OTHERS = insert("hr", "people");
  private static final Grant ALL = insert("*", "*");
  private static final Grant USER = new Grant("User", "default", "anna", "UpdateUser");
  private static final Access SOURCE =
      Access.of(
          List.of(
              new AccessEntry.Role("r", Set.of(ORDERS, SALES, OTHERS, ALL, USER)),
              new AccessEntry.User("anna", Set.of("r"), "1")));

  private static Grant insert(String database, String collection) {
    return new Grant("Collection", database, collection, "Insert");
  }

  private static Set<Grant> grants(Selection selection, NameMapping names) {
    Access scoped = new AccessScope(selection, names).of(SOURCE);
    assertThat(scoped.entries()).hasSameSizeAs(SOURCE.entries());
    return scoped.entries().values().stream()
        .filter(AccessEntry.Role.class::isInstance)
        .map(AccessEntry.Role.class::cast)
        .findFirst()
        .orElseThrow()
        .grants();
  }

  @Test
  void withEverythingAllGrantsAreIn() {
    assertThat(grants(Selection.everything(), NameMapping.none()))
        .containsExactlyInAnyOrder(ORDERS, SALES, OTHERS, ALL, USER);
  }

  @Test
  void aGrantForADatabaseIsInWhereAllOfItIsSelected() {
    assertThat(grants(Selection.databases("sales"), NameMapping.none()))
        .containsExactlyInAnyOrder(ORDERS, SALES, USER);
    assertThat(grants(Selection.collections("sales.orders"), NameMapping.none()))
        .containsExactlyInAnyOrder(ORDERS, USER);
    assertThat(grants(Selection.databases("sales").except("sales.secrets"), NameMapping.none()))
        .containsExactlyInAnyOrder(ORDERS, USER);
  }

  @Test
  void aGrantForEverythingIsOutWhereSomethingIsExcluded() {
    assertThat(grants(Selection.everything().except("hr"), NameMapping.none()))
        .containsExactlyInAnyOrder(ORDERS, SALES, USER);
  }

  @Test
  void grantsAreAboutTheNamesOnTheTarget() {
    NameMapping names =
        NameMapping.none().database("hr", "staff").collection("sales.orders", "archive.old");

    assertThat(grants(Selection.everything(), names))
        .containsExactlyInAnyOrder(
            insert("archive", "old"), SALES, insert("staff", "people"), ALL, USER);
  }
}
