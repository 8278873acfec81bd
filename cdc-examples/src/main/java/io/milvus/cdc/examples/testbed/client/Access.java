package io.milvus.cdc.examples.testbed.client;

import io.milvus.cdc.internal.client.Connection;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.internal.client.Repeat;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.CreateCredentialRequest;
import io.milvus.grpc.CreateRoleRequest;
import io.milvus.grpc.DeleteCredentialRequest;
import io.milvus.grpc.DropRoleRequest;
import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.GrantorEntity;
import io.milvus.grpc.ObjectEntity;
import io.milvus.grpc.OperatePrivilegeRequest;
import io.milvus.grpc.OperatePrivilegeType;
import io.milvus.grpc.OperateUserRoleRequest;
import io.milvus.grpc.OperateUserRoleType;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.SelectGrantRequest;
import io.milvus.grpc.SelectRoleRequest;
import io.milvus.grpc.SelectUserRequest;
import io.milvus.grpc.UpdateCredentialRequest;
import io.milvus.grpc.UserResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Manages the users and roles of a Milvus, with their rights. Thread-safe. */
public final class Access {
  private static final int NOT_AUTHENTICATED = 1400;

  private final Connection connection;

  Access(Connection connection) {
    this.connection = connection;
  }

  /**
   * Holds a right to an object in a database.
   *
   * @param object {@code Collection}, {@code Global} or {@code User}
   */
  public record Right(String object, String database, String name, String privilege) {}

  /** Returns the users, each with the names of its roles. */
  public Map<String, Set<String>> users() {
    SelectUserRequest request = SelectUserRequest.newBuilder().setIncludeRoleInfo(true).build();
    return connection
        .call("list its users", Repeat.ALWAYS, Methods.SELECT_USER, request)
        .getResultsList()
        .stream()
        .collect(
            Collectors.toMap(
                user -> user.getUser().getName(), Access::roles, (a, b) -> b, TreeMap::new));
  }

  private static Set<String> roles(UserResult user) {
    return user.getRolesList().stream()
        .map(RoleEntity::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the names of the roles. */
  public Set<String> roles() {
    return connection
        .call(
            "list its roles",
            Repeat.ALWAYS,
            Methods.SELECT_ROLE,
            SelectRoleRequest.getDefaultInstance())
        .getResultsList()
        .stream()
        .map(result -> result.getRole().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the rights of a role in a database, including its rights to all databases. */
  public Set<Right> rights(String role, String database) {
    SelectGrantRequest request =
        SelectGrantRequest.newBuilder()
            .setEntity(
                GrantEntity.newBuilder()
                    .setRole(RoleEntity.newBuilder().setName(role))
                    .setDbName(database))
            .build();
    return connection
        .call("list the grants of role " + role, Repeat.ALWAYS, Methods.SELECT_GRANT, request)
        .getEntitiesList()
        .stream()
        .map(
            grant ->
                new Right(
                    grant.getObject().getName(),
                    grant.getDbName(),
                    grant.getObjectName(),
                    grant.getGrantor().getPrivilege().getName()))
        .collect(Collectors.toSet());
  }

  public void createUser(String name, String password) {
    CreateCredentialRequest request =
        CreateCredentialRequest.newBuilder()
            .setUsername(name)
            .setPassword(encoded(password))
            .build();
    connection.change("create user " + name, Methods.CREATE_CREDENTIAL, request);
  }

  public void changePassword(String user, String before, String after) {
    UpdateCredentialRequest request =
        UpdateCredentialRequest.newBuilder()
            .setUsername(user)
            .setOldPassword(encoded(before))
            .setNewPassword(encoded(after))
            .build();
    connection.change("change the password of user " + user, Methods.UPDATE_CREDENTIAL, request);
  }

  /** Returns whether this is the user's password. */
  public boolean hasPassword(String user, String password) {
    try {
      changePassword(user, password, password);
      return true;
    } catch (MilvusException e) {
      if (e.code() == NOT_AUTHENTICATED) {
        return false;
      }
      throw e;
    }
  }

  private static String encoded(String password) {
    return Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
  }

  /** Drops a user, if it exists. */
  public void dropUser(String name) {
    DeleteCredentialRequest request =
        DeleteCredentialRequest.newBuilder().setUsername(name).build();
    connection.change("drop user " + name, Methods.DELETE_CREDENTIAL, request);
  }

  public void createRole(String name) {
    CreateRoleRequest request =
        CreateRoleRequest.newBuilder().setEntity(RoleEntity.newBuilder().setName(name)).build();
    connection.change("create role " + name, Methods.CREATE_ROLE, request);
  }

  /** Drops a role, which must have no rights in the default database or to all databases. */
  public void dropRole(String name) {
    DropRoleRequest request = DropRoleRequest.newBuilder().setRoleName(name).build();
    connection.change("drop role " + name, Methods.DROP_ROLE, request);
  }

  public void addRole(String user, String role) {
    operate(user, role, OperateUserRoleType.AddUserToRole);
  }

  public void removeRole(String user, String role) {
    operate(user, role, OperateUserRoleType.RemoveUserFromRole);
  }

  private void operate(String user, String role, OperateUserRoleType type) {
    OperateUserRoleRequest request =
        OperateUserRoleRequest.newBuilder()
            .setUsername(user)
            .setRoleName(role)
            .setType(type)
            .build();
    connection.change(
        "%s %s and %s".formatted(type, user, role), Methods.OPERATE_USER_ROLE, request);
  }

  public void grant(String role, Right right) {
    operate(role, right, OperatePrivilegeType.Grant);
  }

  public void revoke(String role, Right right) {
    operate(role, right, OperatePrivilegeType.Revoke);
  }

  private void operate(String role, Right right, OperatePrivilegeType type) {
    OperatePrivilegeRequest request =
        OperatePrivilegeRequest.newBuilder()
            .setEntity(
                GrantEntity.newBuilder()
                    .setRole(RoleEntity.newBuilder().setName(role))
                    .setObject(ObjectEntity.newBuilder().setName(right.object()))
                    .setDbName(right.database())
                    .setObjectName(right.name())
                    .setGrantor(
                        GrantorEntity.newBuilder()
                            .setPrivilege(PrivilegeEntity.newBuilder().setName(right.privilege()))))
            .setType(type)
            .build();
    connection.change(
        "%s %s to role %s".formatted(type, right, role), Methods.OPERATE_PRIVILEGE, request);
  }
}
