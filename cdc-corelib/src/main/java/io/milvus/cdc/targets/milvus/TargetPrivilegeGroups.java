package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.CreatePrivilegeGroupRequest;
import io.milvus.grpc.DropPrivilegeGroupRequest;
import io.milvus.grpc.ListPrivilegeGroupsRequest;
import io.milvus.grpc.ListPrivilegeGroupsResponse;
import io.milvus.grpc.OperatePrivilegeGroupRequest;
import io.milvus.grpc.OperatePrivilegeGroupType;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and changes the target's own privilege groups through its public API. */
final class TargetPrivilegeGroups {
  private final AccessCalls calls;

  TargetPrivilegeGroups(AccessCalls calls) {
    this.calls = calls;
  }

  /** Returns the privileges of each group. Milvus's built-in groups may be among them. */
  Map<String, Set<String>> all() throws Refusal, InterruptedException {
    ListPrivilegeGroupsResponse answer =
        calls.ask(Methods.LIST_PRIVILEGE_GROUPS, ListPrivilegeGroupsRequest.getDefaultInstance());
    Refusal.unlessOk("list its privilege groups", answer.getStatus());
    Map<String, Set<String>> groups = new HashMap<>();
    for (PrivilegeGroupInfo group : answer.getPrivilegeGroupsList()) {
      groups.put(
          group.getGroupName(),
          group.getPrivilegesList().stream()
              .map(PrivilegeEntity::getName)
              .collect(Collectors.toSet()));
    }
    return groups;
  }

  void create(String group) throws Refusal, InterruptedException {
    calls.change(
        Methods.CREATE_PRIVILEGE_GROUP,
        CreatePrivilegeGroupRequest.newBuilder().setGroupName(group).build(),
        "create privilege group " + group);
  }

  void drop(String group) throws Refusal, InterruptedException {
    calls.change(
        Methods.DROP_PRIVILEGE_GROUP,
        DropPrivilegeGroupRequest.newBuilder().setGroupName(group).build(),
        "drop privilege group " + group);
  }

  void add(String group, Collection<String> privileges) throws Refusal, InterruptedException {
    operate(group, privileges, OperatePrivilegeGroupType.AddPrivilegesToGroup);
  }

  void remove(String group, Collection<String> privileges) throws Refusal, InterruptedException {
    operate(group, privileges, OperatePrivilegeGroupType.RemovePrivilegesFromGroup);
  }

  private void operate(String group, Collection<String> privileges, OperatePrivilegeGroupType type)
      throws Refusal, InterruptedException {
    List<PrivilegeEntity> entities =
        privileges.stream()
            .map(privilege -> PrivilegeEntity.newBuilder().setName(privilege).build())
            .toList();
    calls.change(
        Methods.OPERATE_PRIVILEGE_GROUP,
        OperatePrivilegeGroupRequest.newBuilder()
            .setGroupName(group)
            .addAllPrivileges(entities)
            .setType(type)
            .build(),
        "change privileges %s of privilege group %s".formatted(privileges, group));
  }
}
