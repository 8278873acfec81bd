package io.milvus.cdc.internal.wal;

import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.Grant;
import io.milvus.cdc.internal.decode.PasswordMark;
import io.milvus.cdc.internal.decode.PrivilegeName;
import io.milvus.cdc.proto.wal.AlterRoleHeader;
import io.milvus.cdc.proto.wal.AlterUserBody;
import io.milvus.cdc.proto.wal.AlterUserHeader;
import io.milvus.cdc.proto.wal.DropRoleHeader;
import io.milvus.cdc.proto.wal.DropUserHeader;
import io.milvus.cdc.proto.wal.PrivilegeGroupHeader;
import io.milvus.cdc.proto.wal.PrivilegeHeader;
import io.milvus.cdc.proto.wal.RestoreAccessBody;
import io.milvus.cdc.proto.wal.UserRole;
import io.milvus.cdc.proto.wal.UserRoleHeader;
import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import io.milvus.grpc.RBACMeta;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.UserInfo;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads messages about users, roles and privilege groups. */
final class AccessChangeReader {
  private static final String DEFAULT_DATABASE = "default";

  private AccessChangeReader() {}

  static AccessChange read(WalType type, WalMessage message) throws IOException {
    return switch (type) {
      case RESTORE_RBAC ->
          restored(RestoreAccessBody.parseFrom(message.body().bytes()).getAccess());
      case ALTER_USER ->
          new AccessChange.SetPassword(
              WalEnvelope.header(message, AlterUserHeader.parser()).getUser().getName(),
              PasswordMark.of(
                  AlterUserBody.parseFrom(message.body().bytes())
                      .getCredential()
                      .getEncryptedPasswordBytes()));
      case DROP_USER ->
          drop(
              AccessName.Kind.USER, WalEnvelope.header(message, DropUserHeader.parser()).getUser());
      case ALTER_ROLE ->
          AccessChange.Add.of(
              role(WalEnvelope.header(message, AlterRoleHeader.parser()).getRole().getName()));
      case DROP_ROLE ->
          drop(
              AccessName.Kind.ROLE, WalEnvelope.header(message, DropRoleHeader.parser()).getRole());
      case ALTER_USER_ROLE -> AccessChange.Add.of(bound(message));
      case DROP_USER_ROLE -> new AccessChange.Remove(bound(message));
      case ALTER_PRIVILEGE -> AccessChange.Add.of(granted(message));
      case DROP_PRIVILEGE -> new AccessChange.Remove(granted(message));
      case ALTER_PRIVILEGE_GROUP -> AccessChange.Add.of(group(message));
      default -> {
        AccessEntry.PrivilegeGroup group = group(message);
        yield group.privileges().isEmpty()
            ? new AccessChange.Drop(group.name())
            : new AccessChange.Remove(group);
      }
    };
  }

  private static AccessChange drop(AccessName.Kind kind, String name) {
    return new AccessChange.Drop(new AccessName(kind, name));
  }

  private static AccessEntry role(String name) {
    return new AccessEntry.Role(name, Set.of());
  }

  private static AccessEntry bound(WalMessage message) throws IOException {
    UserRole binding = WalEnvelope.header(message, UserRoleHeader.parser()).getBinding();
    return new AccessEntry.User(
        binding.getUser().getName(), Set.of(binding.getRole().getName()), "");
  }

  private static AccessEntry granted(WalMessage message) throws IOException {
    return granted(WalEnvelope.header(message, PrivilegeHeader.parser()).getGrant());
  }

  private static AccessEntry granted(GrantEntity grant) {
    return new AccessEntry.Role(
        grant.getRole().getName(),
        Set.of(
            new Grant(
                grant.getObject().getName(),
                grant.getDbName().isEmpty() ? DEFAULT_DATABASE : grant.getDbName(),
                grant.getObjectName(),
                PrivilegeName.ofApi(grant.getGrantor().getPrivilege().getName()))));
  }

  private static AccessEntry.PrivilegeGroup group(WalMessage message) throws IOException {
    return group(WalEnvelope.header(message, PrivilegeGroupHeader.parser()).getGroup());
  }

  private static AccessEntry.PrivilegeGroup group(PrivilegeGroupInfo group) {
    return new AccessEntry.PrivilegeGroup(
        group.getGroupName(),
        group.getPrivilegesList().stream()
            .map(PrivilegeEntity::getName)
            .collect(Collectors.toSet()));
  }

  private static AccessChange restored(RBACMeta all) {
    Access access = Access.NONE;
    for (PrivilegeGroupInfo group : all.getPrivilegeGroupsList()) {
      access = access.plus(Access.NONE.with(group(group)));
    }
    for (RoleEntity role : all.getRolesList()) {
      access = access.plus(Access.NONE.with(role(role.getName())));
    }
    for (GrantEntity grant : all.getGrantsList()) {
      access = access.plus(Access.NONE.with(granted(grant)));
    }
    for (UserInfo user : all.getUsersList()) {
      access = access.plus(Access.NONE.with(user(user)));
    }
    return new AccessChange.Add(access);
  }

  private static AccessEntry user(UserInfo user) {
    ByteString hash = user.getPasswordBytes();
    return new AccessEntry.User(
        user.getUser(),
        user.getRolesList().stream().map(RoleEntity::getName).collect(Collectors.toSet()),
        hash.isEmpty() ? "" : PasswordMark.of(hash));
  }
}
