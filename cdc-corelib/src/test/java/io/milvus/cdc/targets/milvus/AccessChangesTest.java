package io.milvus.cdc.targets.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.AccessEntry.PrivilegeGroup;
import io.milvus.cdc.catalog.AccessEntry.Role;
import io.milvus.cdc.catalog.AccessEntry.User;
import io.milvus.cdc.catalog.Grant;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.testkit.FakeAccess;
import io.milvus.cdc.testkit.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccessChangesTest {
  private static final Grant INSERT = new Grant("Collection", "default", "books", "Insert");
  private static final Grant SEARCH = new Grant("Collection", "sales", "*", "Search");
  private static final Grant CREATE = new Grant("Global", "*", "*", "CreateCollection");
  private static final Role WRITER = new Role("writer", Set.of(INSERT, SEARCH, CREATE));
  private static final User ANNA = new User("anna", Set.of("writer"), "1");

  private final OneStandby standby = new OneStandby();
  private final FakeAccess there = standby.milvus.access();

  @BeforeEach
  void begin() {
    standby.passwords =
        user -> Optional.ofNullable(Map.of("anna", "anna's word").get(user)).map(Secret::new);
    standby.open("", 0);
  }

  @AfterEach
  void end() {
    standby.close();
  }

  private String admit(AccessEntry wanted) throws InterruptedException {
    return admit(wanted, wanted);
  }

  private String admit(AccessEntry wanted, AccessEntry former) throws InterruptedException {
    return standby.session.applyAccess(wanted, former).limitation();
  }

  private String dismiss(AccessEntry former) throws InterruptedException {
    return standby.session.dropAccess(former).limitation();
  }

  @Test
  void aRoleIsMadeWithItsGrantsInAllDatabases() throws Exception {
    assertThat(admit(WRITER)).isEmpty();

    assertThat(there.grants("writer")).isEqualTo(WRITER.grants());
    standby.milvus.forgetCalls();
    assertThat(admit(WRITER)).isEmpty();
    assertThat(standby.milvus.calls()).containsOnly("SelectRole", "SelectGrant");
  }

  @Test
  void whatTheSourceHadIsRevokedAndWhatWasGrantedByHandStays() throws Exception {
    admit(WRITER);
    Grant byHand = new Grant("Collection", "default", "books", "Delete");
    there.grants("writer").add(byHand);
    assertThat(admit(new Role("writer", Set.of(INSERT)), WRITER)).isEmpty();

    assertThat(there.grants("writer")).containsExactlyInAnyOrder(INSERT, byHand);
  }

  @Test
  void aUserWhosePasswordIsToldIsMadeWithItsRoles() throws Exception {
    admit(WRITER);
    assertThat(admit(ANNA)).isEmpty();

    assertThat(there.passwords()).containsEntry("anna", "anna's word");
    assertThat(there.roles("anna")).containsExactly("writer");
  }

  @Test
  void aUserWhosePasswordIsNotKnownIsNotMadeUntilSomebodyDoes() throws Exception {
    admit(WRITER);
    User bert = new User("bert", Set.of("writer"), "1");

    assertThat(admit(bert))
        .contains("bert", "Create it there with the same password", "passwords", "[writer]");
    assertThat(there.passwords()).doesNotContainKey("bert");
    there.passwords().put("bert", "bert's word");
    assertThat(admit(bert)).isEmpty();
    assertThat(there.roles("bert")).containsExactly("writer");
    assertThat(there.passwords()).containsEntry("bert", "bert's word");
  }

  @Test
  void anotherPasswordIsReplacedByTheOneThatIsToldAndRolesStay() throws Exception {
    admit(WRITER);
    admit(ANNA);
    there.roles("anna").add("admin");
    there.passwords().put("anna", "an old one");
    assertThat(admit(ANNA)).isEmpty();

    assertThat(there.passwords()).containsEntry("anna", "anna's word");
    assertThat(there.roles("anna")).containsExactlyInAnyOrder("admin", "writer");
  }

  @Test
  void aPasswordThatChangesAndIsNotToldIsReported() throws Exception {
    there.passwords().put("bert", "bert's word");
    User before = new User("bert", Set.of(), "1");
    User after = new User("bert", Set.of(), "2");

    assertThat(admit(after, before)).contains("bert", "another password", "resume the task");
    assertThat(admit(after, after)).isEmpty();
    assertThat(admit(after, new User("bert", Set.of(), ""))).isEmpty();
  }

  @Test
  void rolesThatAUserHasNoMoreAreTaken() throws Exception {
    admit(WRITER);
    admit(ANNA);
    assertThat(admit(new User("anna", Set.of(), "1"), ANNA)).isEmpty();

    assertThat(there.roles("anna")).isEmpty();
  }

  @Test
  void theGoneAreDroppedWhateverGrantsTheyHave() throws Exception {
    admit(WRITER);
    admit(ANNA);
    there.grants("writer").add(new Grant("Collection", "default", "films", "Query"));
    assertThat(dismiss(ANNA)).isEmpty();
    assertThat(dismiss(WRITER)).isEmpty();

    assertThat(there.passwords()).containsOnlyKeys("root");
    assertThat(there.roles()).containsOnly("admin", "public");
    assertThat(dismiss(ANNA)).isEmpty();
    assertThat(dismiss(WRITER)).isEmpty();
  }

  @Test
  void whatEveryMilvusHasIsNeverDropped() throws Exception {
    assertThat(dismiss(new User("root", Set.of(), "1"))).isEmpty();
    assertThat(dismiss(new Role("admin", Set.of()))).isEmpty();
    assertThat(dismiss(new Role("public", Set.of()))).isEmpty();

    assertThat(there.passwords()).containsKey("root");
    assertThat(there.roles()).containsOnly("admin", "public");
  }

  @Test
  void theUserThatWeLogInAsKeepsItsPasswordItsRolesAndItsLife() throws Exception {
    there.passwords().put("anna", "ours");
    admit(WRITER);
    standby.token = new Secret("anna:ours");
    standby.open("", 0);
    assertThat(admit(ANNA)).isEmpty();
    assertThat(admit(new User("anna", Set.of(), "2"), ANNA)).isEmpty();

    assertThat(there.roles("anna")).containsExactly("writer");
    assertThat(dismiss(ANNA)).contains("anna", "stays", "logs in as it");
    assertThat(there.passwords()).containsEntry("anna", "ours");
  }

  @Test
  void privilegeGroupsAreMadeChangedAndDropped() throws Exception {
    PrivilegeGroup group = new PrivilegeGroup("mine", Set.of("Insert", "Delete"));
    assertThat(admit(group)).isEmpty();
    there.privilegeGroups().get("mine").add("Query");
    assertThat(admit(new PrivilegeGroup("mine", Set.of("Insert", "Load")), group)).isEmpty();

    assertThat(there.privilegeGroups().get("mine"))
        .containsExactlyInAnyOrder("Insert", "Load", "Query");
    assertThat(dismiss(group)).isEmpty();
    assertThat(there.privilegeGroups()).isEmpty();
  }

  @Test
  void aTargetThatKnowsNoPrivilegeGroupsIsTold() throws Exception {
    standby.milvus.fail("ListPrivilegeGroups", Fault.error(Status.Code.UNIMPLEMENTED));

    assertThat(admit(new PrivilegeGroup("mine", Set.of())))
        .contains("ListPrivilegeGroups", "does not know");
  }

  @Test
  void oneRefusedGrantDoesNotKeepTheOthersOut() throws Exception {
    standby.milvus.fail("OperatePrivilege", Fault.code(65535, "no such privilege"));

    assertThat(admit(WRITER)).contains("to role writer", "no such privilege");
    assertThat(there.grants("writer")).hasSize(2);
  }

  @Test
  void aUserOfOursWhoMayNotManageUsersIsToldAndRowsGoOn() throws Exception {
    standby.milvus.fail("CreateRole", Fault.error(Status.Code.PERMISSION_DENIED));

    assertThat(admit(WRITER)).contains("CreateRole");
    assertThat(admit(WRITER)).isEmpty();
  }

  @Test
  void noAnswerEndsTheSessionAsEver() {
    standby.milvus.fail("CreateRole", Fault.cutBefore());

    assertThatThrownBy(() -> admit(WRITER)).isInstanceOf(RetriableException.class);
  }

  @Test
  void noPasswordIsInAnyMessage() throws Exception {
    standby.passwords = user -> Optional.of(new Secret("tiny"));
    standby.open("", 0);
    assertThat(admit(ANNA)).contains("anna", "invalid password length").doesNotContain("tiny");

    standby.passwords =
        user -> {
          throw new IllegalStateException("tiny");
        };
    standby.open("", 0);
    assertThat(admit(ANNA)).contains("IllegalStateException").doesNotContain("tiny");
  }
}
