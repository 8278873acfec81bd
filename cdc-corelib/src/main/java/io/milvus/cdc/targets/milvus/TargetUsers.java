package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.CreateCredentialRequest;
import io.milvus.grpc.DeleteCredentialRequest;
import io.milvus.grpc.OperateUserRoleRequest;
import io.milvus.grpc.OperateUserRoleType;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.SelectUserRequest;
import io.milvus.grpc.SelectUserResponse;
import io.milvus.grpc.Status;
import io.milvus.grpc.UpdateCredentialRequest;
import io.milvus.grpc.UserEntity;
import io.milvus.grpc.UserResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads and changes the target's own users through its public API. A standby accepts changes of
 * access like any Milvus, without replicate info (tried on 2.3.5).
 */
final class TargetUsers {
  private final AccessCalls calls;

  TargetUsers(AccessCalls calls) {
    this.calls = calls;
  }

  /** Returns the roles of a user, or empty if there is no such user. */
  Optional<Set<String>> rolesOf(String user) throws Refusal, InterruptedException {
    SelectUserResponse answer =
        calls.ask(
            Methods.SELECT_USER,
            SelectUserRequest.newBuilder()
                .setUser(UserEntity.newBuilder().setName(user))
                .setIncludeRoleInfo(true)
                .build());
    Refusal.unlessOk("describe user " + user, answer.getStatus());
    return answer.getResultsList().stream().findFirst().map(TargetUsers::roles);
  }

  private static Set<String> roles(UserResult user) {
    return user.getRolesList().stream().map(RoleEntity::getName).collect(Collectors.toSet());
  }

  void create(String user, Secret password) throws Refusal, InterruptedException {
    unlessOk(
        "create user " + user,
        calls.ask(
            Methods.CREATE_CREDENTIAL,
            CreateCredentialRequest.newBuilder()
                .setUsername(user)
                .setPassword(encoded(password))
                .build()),
        password);
  }

  /**
   * Returns whether this is the user's password, or could be set. If the old password is the new
   * one, nothing changes. A super user of Milvus need not know the old password.
   */
  boolean takesPassword(String user, Secret password) throws Refusal, InterruptedException {
    Status status =
        calls.ask(
            Methods.UPDATE_CREDENTIAL,
            UpdateCredentialRequest.newBuilder()
                .setUsername(user)
                .setOldPassword(encoded(password))
                .setNewPassword(encoded(password))
                .build());
    if (Answers.wrongPassword(status)) {
      return false;
    }
    unlessOk("compare the password of user " + user, status, password);
    return true;
  }

  private static void unlessOk(String what, Status status, Secret hidden) throws Refusal {
    try {
      Refusal.unlessOk(what, status);
    } catch (Refusal e) {
      throw e.hiding(encoded(hidden)).hiding(hidden.value());
    }
  }

  private static String encoded(Secret password) {
    return Base64.getEncoder().encodeToString(password.value().getBytes(StandardCharsets.UTF_8));
  }

  void drop(String user) throws Refusal, InterruptedException {
    calls.change(
        Methods.DELETE_CREDENTIAL,
        DeleteCredentialRequest.newBuilder().setUsername(user).build(),
        "drop user " + user);
  }

  void addRole(String user, String role) throws Refusal, InterruptedException {
    operate(
        user,
        role,
        OperateUserRoleType.AddUserToRole,
        "grant user %s the role %s".formatted(user, role));
  }

  void removeRole(String user, String role) throws Refusal, InterruptedException {
    operate(
        user,
        role,
        OperateUserRoleType.RemoveUserFromRole,
        "revoke the role %s from user %s".formatted(role, user));
  }

  private void operate(String user, String role, OperateUserRoleType type, String what)
      throws Refusal, InterruptedException {
    calls.change(
        Methods.OPERATE_USER_ROLE,
        OperateUserRoleRequest.newBuilder()
            .setUsername(user)
            .setRoleName(role)
            .setType(type)
            .build(),
        what);
  }
}
