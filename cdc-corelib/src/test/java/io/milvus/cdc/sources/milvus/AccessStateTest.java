package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.Grant;
import io.milvus.cdc.testkit.Golden;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Users, roles and privileges among the other keys. */
class AccessStateTest {
  private static final String META = "by-dev/meta/";
  private static final String CREDENTIAL = "root-coord/credential/";
  private final CatalogState state = new CatalogState();

  private void put(String key, String value) {
    state.apply(CREDENTIAL + key, ByteString.copyFromUtf8(value));
  }

  private void delete(String key) {
    state.apply(CREDENTIAL + key, null);
  }

  private Access access() {
    return state.catalog().access();
  }

  private AccessEntry.@Nullable User user(String name) {
    return (AccessEntry.User) access().entries().get(new AccessName(AccessName.Kind.USER, name));
  }

  private void readGolden() {
    Golden.of("milvus-2.3.5-access-etcd.txt")
        .values()
        .forEach(
            (key, value) -> state.apply(key.substring(META.length()), ByteString.copyFrom(value)));
  }

  @Test
  void readsLiveAccessOf235() {
    readGolden();
    Access live = access();

    assertThat(live.entries().values())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("password")
        .containsExactly(
            new AccessEntry.Role("admin", Set.of()),
            new AccessEntry.Role(
                "cdc_r",
                Set.of(
                    new Grant("Collection", "default", "*", "IndexDetail"),
                    new Grant("Collection", "default", "books", "Insert"),
                    new Grant("Collection", "sales", "*", "Search"),
                    new Grant("Global", "*", "*", "CreateCollection"),
                    new Grant("Global", "default", "*", "*"),
                    new Grant("User", "default", "cdc_a", "UpdateUser"))),
            new AccessEntry.Role(
                "public",
                Set.of(
                    new Grant("Collection", "*", "*", "IndexDetail"),
                    new Grant("Global", "*", "*", "DescribeCollection"),
                    new Grant("Global", "*", "*", "ShowCollections"))),
            new AccessEntry.User("cdc_a", Set.of("cdc_r"), ""));
  }

  @Test
  void theHashOfAPasswordIsNotKept() {
    readGolden();

    assertThat(access().toString()).doesNotContain("$2a$", "encrypted_password");
  }

  @Test
  void anotherPasswordShowsAndNothingElse() {
    put("users/anna", "{\"encrypted_password\":\"one\"}");
    AccessEntry.User before = user("anna");
    put("users/anna", "{\"encrypted_password\":\"two\"}");
    AccessEntry.User after = user("anna");
    put("users/anna", "{\"encrypted_password\":\"one\"}");

    assertThat(after).isNotEqualTo(before);
    assertThat(user("anna")).isEqualTo(before);
  }

  @Test
  void theDroppedAreGoneWhateverKeysTheyLeaveBehind() {
    readGolden();
    delete("users/cdc_a");
    delete("roles/cdc_r");

    assertThat(access().entries().keySet())
        .extracting(AccessName::text)
        .containsExactly("admin", "public");
  }

  @Test
  void oneGrantOrRoleMayBeTaken() {
    readGolden();
    delete("grantee-id/2eac9c4ce184108c/PrivilegeInsert");
    state.apply(CREDENTIAL + "user-role-mapping/cdc_a/cdc_r", ByteString.fromHex("e29bbc"));

    assertThat(access().toString()).doesNotContain("books");
    assertThat(user("cdc_a").roles()).isEmpty();
  }

  @Test
  void aGrantFromBeforeThereWereDatabasesIsInTheDefaultOne() {
    put("roles/old", "");
    put("grantee-privileges/old/Collection/books", "4711");
    put("grantee-id/4711/PrivilegeInsert", "root");

    assertThat(access().entries().values())
        .containsExactly(
            new AccessEntry.Role(
                "old", Set.of(new Grant("Collection", "default", "books", "Insert"))));
  }

  @Test
  void privilegeGroupsOf25AreReadAndGrantedByTheirNames() {
    state.apply(
        "root-coord/privilege-group/mine",
        PrivilegeGroupInfo.newBuilder()
            .setGroupName("mine")
            .addPrivileges(PrivilegeEntity.newBuilder().setName("Insert"))
            .build()
            .toByteString());
    put("roles/r", "");
    put("grantee-privileges/r/Global/default.books", "4711");
    put("grantee-id/4711/PrivilegeGroupmine", "root");

    assertThat(access().entries().values())
        .containsExactly(
            new AccessEntry.PrivilegeGroup("mine", Set.of("Insert")),
            new AccessEntry.Role("r", Set.of(new Grant("Global", "default", "books", "mine"))));
    state.apply("root-coord/privilege-group/mine", null);
    assertThat(access().entries()).hasSize(1);
  }
}
