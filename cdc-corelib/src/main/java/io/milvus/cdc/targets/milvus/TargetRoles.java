package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.Grant;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.CreateRoleRequest;
import io.milvus.grpc.DropRoleRequest;
import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.GrantorEntity;
import io.milvus.grpc.ObjectEntity;
import io.milvus.grpc.OperatePrivilegeRequest;
import io.milvus.grpc.OperatePrivilegeType;
import io.milvus.grpc.OperatePrivilegeV2Request;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.SelectGrantRequest;
import io.milvus.grpc.SelectGrantResponse;
import io.milvus.grpc.SelectRoleRequest;
import io.milvus.grpc.SelectRoleResponse;
import io.milvus.grpc.Status;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads and changes the target's own roles and grants through its public API. Granting an existing
 * grant, or revoking a missing one, is not an error.
 */
final class TargetRoles {
  private static final String GLOBAL = "Global";

  private final AccessCalls calls;
  private final TargetCatalog catalog;

  TargetRoles(AccessCalls calls, TargetCatalog catalog) {
    this.calls = calls;
    this.catalog = catalog;
  }

  boolean has(String role) throws Refusal, InterruptedException {
    SelectRoleResponse answer =
        calls.ask(
            Methods.SELECT_ROLE,
            SelectRoleRequest.newBuilder().setRole(RoleEntity.newBuilder().setName(role)).build());
    Refusal.unlessOk("describe role " + role, answer.getStatus());
    return answer.getResultsCount() > 0;
  }

  void create(String role) throws Refusal, InterruptedException {
    calls.change(
        Methods.CREATE_ROLE,
        CreateRoleRequest.newBuilder().setEntity(RoleEntity.newBuilder().setName(role)).build(),
        "create role " + role);
  }

  /** Drops a role that has no grants left. */
  void drop(String role) throws Refusal, InterruptedException {
    calls.change(
        Methods.DROP_ROLE,
        DropRoleRequest.newBuilder().setRoleName(role).build(),
        "drop role " + role);
  }

  /** Returns the names of all databases, and the name that stands for any. */
  Set<String> databases() throws InterruptedException {
    Set<String> databases = new HashSet<>(catalog.databases());
    databases.add(Grant.ANY);
    return databases;
  }

  /**
   * Returns a role's grants in these databases, and possibly others. Milvus 2.3.5 returns those of
   * one database at a time (internal/metastore/kv/rootcoord/kv_catalog.go ListGrant).
   */
  Set<Grant> grants(String role, Collection<String> databases)
      throws Refusal, InterruptedException {
    Set<Grant> grants = new HashSet<>();
    for (String database : databases) {
      SelectGrantResponse answer =
          calls.ask(
              Methods.SELECT_GRANT,
              SelectGrantRequest.newBuilder()
                  .setEntity(
                      GrantEntity.newBuilder()
                          .setRole(RoleEntity.newBuilder().setName(role))
                          .setDbName(database))
                  .build());
      Refusal.unlessOk(
          "list the grants of role %s in database %s".formatted(role, database),
          answer.getStatus());
      answer.getEntitiesList().forEach(grant -> grants.add(grant(grant)));
    }
    return grants;
  }

  private static Grant grant(GrantEntity entity) {
    return new Grant(
        entity.getObject().getName(),
        entity.getDbName(),
        entity.getObjectName(),
        entity.getGrantor().getPrivilege().getName());
  }

  void grant(String role, Grant grant) throws Refusal, InterruptedException {
    operate(role, grant, OperatePrivilegeType.Grant, "grant %s on %s to role %s");
  }

  void revoke(String role, Grant grant) throws Refusal, InterruptedException {
    operate(role, grant, OperatePrivilegeType.Revoke, "revoke %s on %s from role %s");
  }

  private void operate(String role, Grant grant, OperatePrivilegeType type, String what)
      throws Refusal, InterruptedException {
    String place = "%s %s.%s".formatted(grant.object(), grant.database(), grant.name());
    boolean global = grant.object().equals(GLOBAL);
    // For global privileges the older call applies to everything, regardless of the name.
    Status status =
        global && !grant.name().equals(Grant.ANY)
            ? operateAnew(role, grant, type)
            : operate(role, grant, type);
    if (global && Answers.takesNoGroup(status)) {
      status = operateAnew(role, grant, type);
    }
    Refusal.unlessOk(what.formatted(grant.privilege(), place, role), status);
  }

  private Status operate(String role, Grant grant, OperatePrivilegeType type)
      throws Refusal, InterruptedException {
    return calls.sign(
        Methods.OPERATE_PRIVILEGE,
        OperatePrivilegeRequest.newBuilder()
            .setEntity(
                GrantEntity.newBuilder()
                    .setRole(RoleEntity.newBuilder().setName(role))
                    .setObject(ObjectEntity.newBuilder().setName(grant.object()))
                    .setDbName(grant.database())
                    .setObjectName(grant.name())
                    .setGrantor(grantor(grant)))
            .setType(type)
            .build());
  }

  /** Uses the call of 2.5, which has privilege groups, too. */
  private Status operateAnew(String role, Grant grant, OperatePrivilegeType type)
      throws Refusal, InterruptedException {
    return calls.sign(
        Methods.OPERATE_PRIVILEGE_V2,
        OperatePrivilegeV2Request.newBuilder()
            .setRole(RoleEntity.newBuilder().setName(role))
            .setGrantor(grantor(grant))
            .setDbName(grant.database())
            .setCollectionName(grant.name())
            .setType(type)
            .build());
  }

  private static GrantorEntity grantor(Grant grant) {
    return GrantorEntity.newBuilder()
        .setPrivilege(PrivilegeEntity.newBuilder().setName(grant.privilege()))
        .build();
  }
}
