package io.milvus.cdc.testkit;

import io.milvus.cdc.catalog.Grant;
import io.milvus.grpc.CreateCredentialRequest;
import io.milvus.grpc.CreatePrivilegeGroupRequest;
import io.milvus.grpc.CreateRoleRequest;
import io.milvus.grpc.DeleteCredentialRequest;
import io.milvus.grpc.DropPrivilegeGroupRequest;
import io.milvus.grpc.DropRoleRequest;
import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.GrantorEntity;
import io.milvus.grpc.ListPrivilegeGroupsRequest;
import io.milvus.grpc.ListPrivilegeGroupsResponse;
import io.milvus.grpc.ObjectEntity;
import io.milvus.grpc.OperatePrivilegeGroupRequest;
import io.milvus.grpc.OperatePrivilegeGroupType;
import io.milvus.grpc.OperatePrivilegeRequest;
import io.milvus.grpc.OperatePrivilegeType;
import io.milvus.grpc.OperateUserRoleRequest;
import io.milvus.grpc.OperateUserRoleType;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.RoleResult;
import io.milvus.grpc.SelectGrantRequest;
import io.milvus.grpc.SelectGrantResponse;
import io.milvus.grpc.SelectRoleRequest;
import io.milvus.grpc.SelectRoleResponse;
import io.milvus.grpc.SelectUserRequest;
import io.milvus.grpc.SelectUserResponse;
import io.milvus.grpc.Status;
import io.milvus.grpc.UpdateCredentialRequest;
import io.milvus.grpc.UserEntity;
import io.milvus.grpc.UserResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Users, roles and privileges of a {@link FakeMilvus}, with the manners of 2.3.5. Not thread-safe
 * by itself.
 */
public final class FakeAccess {
  private final Map<String, String> passwords = new TreeMap<>();
  private final Map<String, Set<String>> rolesOfUsers = new TreeMap<>();
  private final Map<String, Set<Grant>> grants = new TreeMap<>();
  private final Map<String, Set<String>> groups = new TreeMap<>();

  FakeAccess() {
    passwords.put("root", "Milvus");
    grants.put("admin", new HashSet<>());
    grants.put("public", new HashSet<>());
  }

  private static Status refusal(int code, String reason) {
    return Status.newBuilder().setCode(code).setReason(reason).build();
  }

  private static String decoded(String password) {
    return new String(Base64.getDecoder().decode(password), StandardCharsets.UTF_8);
  }

  Status create(CreateCredentialRequest request) {
    String password = decoded(request.getPassword());
    if (password.length() < 6) {
      return refusal(1100, "invalid password length: " + password);
    }
    return passwords.putIfAbsent(request.getUsername(), password) == null
        ? FakeMilvus.OK
        : refusal(65535, "user already exists: " + request.getUsername());
  }

  Status update(UpdateCredentialRequest request) {
    if (!decoded(request.getOldPassword()).equals(passwords.get(request.getUsername()))) {
      return refusal(1400, "old password not correct for " + request.getUsername());
    }
    passwords.put(request.getUsername(), decoded(request.getNewPassword()));
    return FakeMilvus.OK;
  }

  Status delete(DeleteCredentialRequest request) {
    passwords.remove(request.getUsername());
    rolesOfUsers.remove(request.getUsername());
    return FakeMilvus.OK;
  }

  SelectUserResponse select(SelectUserRequest request) {
    String user = request.getUser().getName();
    SelectUserResponse.Builder answer = SelectUserResponse.newBuilder();
    if (passwords.containsKey(user)) {
      UserResult.Builder result = UserResult.newBuilder().setUser(request.getUser());
      roles(user).forEach(role -> result.addRoles(RoleEntity.newBuilder().setName(role)));
      answer.addResults(result);
    }
    return answer.build();
  }

  Status create(CreateRoleRequest request) {
    return grants.putIfAbsent(request.getEntity().getName(), new HashSet<>()) == null
        ? FakeMilvus.OK
        : refusal(65535, "role already exists");
  }

  Status drop(DropRoleRequest request) {
    Set<Grant> left = grants.get(request.getRoleName());
    if (left == null) {
      return refusal(65535, "not found the role");
    }
    if (!left.isEmpty()) {
      return refusal(65535, "fail to drop the role that it has privileges");
    }
    grants.remove(request.getRoleName());
    rolesOfUsers.values().forEach(roles -> roles.remove(request.getRoleName()));
    return FakeMilvus.OK;
  }

  SelectRoleResponse select(SelectRoleRequest request) {
    SelectRoleResponse.Builder answer = SelectRoleResponse.newBuilder();
    if (grants.containsKey(request.getRole().getName())) {
      answer.addResults(RoleResult.newBuilder().setRole(request.getRole()));
    }
    return answer.build();
  }

  Status operate(OperateUserRoleRequest request) {
    boolean adds = request.getType() == OperateUserRoleType.AddUserToRole;
    if (!grants.containsKey(request.getRoleName())) {
      return refusal(65535, "not found the role");
    }
    if (adds && !passwords.containsKey(request.getUsername())) {
      return refusal(65535, "not found the user");
    }
    Set<String> roles = rolesOfUsers.computeIfAbsent(request.getUsername(), u -> new TreeSet<>());
    if (adds) {
      roles.add(request.getRoleName());
    } else {
      roles.remove(request.getRoleName());
    }
    return FakeMilvus.OK;
  }

  SelectGrantResponse select(SelectGrantRequest request) {
    String database = request.getEntity().getDbName();
    SelectGrantResponse.Builder answer = SelectGrantResponse.newBuilder();
    grants(request.getEntity().getRole().getName()).stream()
        .filter(grant -> grant.database().equals(database) || grant.database().equals("*"))
        .forEach(grant -> answer.addEntities(entity(request.getEntity().getRole(), grant)));
    return answer.build();
  }

  private static GrantEntity entity(RoleEntity role, Grant grant) {
    return GrantEntity.newBuilder()
        .setRole(role)
        .setObject(ObjectEntity.newBuilder().setName(grant.object()))
        .setDbName(grant.database())
        .setObjectName(grant.name())
        .setGrantor(
            GrantorEntity.newBuilder()
                .setUser(UserEntity.newBuilder().setName("root"))
                .setPrivilege(PrivilegeEntity.newBuilder().setName(grant.privilege())))
        .build();
  }

  Status operate(OperatePrivilegeRequest request, boolean signed) {
    if (!signed) {
      return refusal(65535, "fail to get authorization from the md");
    }
    GrantEntity entity = request.getEntity();
    Grant grant =
        new Grant(
            entity.getObject().getName(),
            entity.getDbName(),
            entity.getObjectName(),
            entity.getGrantor().getPrivilege().getName());
    Set<Grant> all = grants.get(entity.getRole().getName());
    if (all == null) {
      return refusal(65535, "not found the role");
    }
    if (request.getType() == OperatePrivilegeType.Grant) {
      all.add(grant);
    } else {
      all.remove(grant);
    }
    return FakeMilvus.OK;
  }

  ListPrivilegeGroupsResponse list(ListPrivilegeGroupsRequest request) {
    ListPrivilegeGroupsResponse.Builder answer = ListPrivilegeGroupsResponse.newBuilder();
    groups.forEach(
        (name, privileges) -> {
          PrivilegeGroupInfo.Builder group = PrivilegeGroupInfo.newBuilder().setGroupName(name);
          privileges.forEach(
              privilege -> group.addPrivileges(PrivilegeEntity.newBuilder().setName(privilege)));
          answer.addPrivilegeGroups(group);
        });
    return answer.build();
  }

  Status create(CreatePrivilegeGroupRequest request) {
    groups.put(request.getGroupName(), new TreeSet<>());
    return FakeMilvus.OK;
  }

  Status drop(DropPrivilegeGroupRequest request) {
    groups.remove(request.getGroupName());
    return FakeMilvus.OK;
  }

  Status operate(OperatePrivilegeGroupRequest request) {
    Set<String> all = groups.get(request.getGroupName());
    for (PrivilegeEntity privilege : request.getPrivilegesList()) {
      if (request.getType() == OperatePrivilegeGroupType.AddPrivilegesToGroup) {
        all.add(privilege.getName());
      } else {
        all.remove(privilege.getName());
      }
    }
    return FakeMilvus.OK;
  }

  /** The users' passwords, by name. */
  public Map<String, String> passwords() {
    return passwords;
  }

  public Set<String> roles(String user) {
    return rolesOfUsers.getOrDefault(user, Set.of());
  }

  /** The names of all roles. */
  public Set<String> roles() {
    return grants.keySet();
  }

  public Set<Grant> grants(String role) {
    return grants.getOrDefault(role, Set.of());
  }

  /** The privileges of each group. */
  public Map<String, Set<String>> privilegeGroups() {
    return groups;
  }
}
