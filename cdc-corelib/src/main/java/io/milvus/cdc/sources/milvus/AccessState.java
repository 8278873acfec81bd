package io.milvus.cdc.sources.milvus;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.Grant;
import io.milvus.cdc.internal.decode.PasswordMark;
import io.milvus.cdc.internal.decode.PrivilegeName;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads users, roles and privileges from the keys below {@code root-coord/credential} (Milvus 2.3
 * internal/metastore/kv/rootcoord/kv_catalog.go). They have no historical copies. The keys hold
 * nearly everything: {@code users/<user>}, {@code roles/<role>}, {@code
 * user-role-mapping/<user>/<role>}, and both halves of a grant. These are {@code
 * grantee-privileges/<role>/<object>/<database.name>}, whose value is an id, and {@code
 * grantee-id/<id>/<privilege>}. Privilege groups, of 2.4 and later, are in {@code
 * root-coord/privilege-group/<group>}.
 *
 * <p>A drop may leave other keys behind: a user or a role exists if its own key exists.
 */
final class AccessState {
  static final String PREFIX = CatalogKey.ROOT + "credential/";
  static final String PRIVILEGE_GROUPS = CatalogKey.ROOT + "privilege-group/";
  private static final String DEFAULT_DATABASE = "default";

  private final Map<String, String> users = new HashMap<>();
  private final Set<String> roles = new HashSet<>();
  private final Map<String, Set<String>> rolesOfUsers = new HashMap<>();

  /** The id of each place for which a role has a grant. */
  private final Map<GrantPlace, String> grants = new HashMap<>();

  private final Map<String, Set<String>> privileges = new HashMap<>();
  private final Map<String, PrivilegeGroupInfo> groups = new HashMap<>();

  private record GrantPlace(String role, String object, String place) {
    Grant of(String privilege) {
      int dot = place.indexOf('.');
      // Milvus before 2.2.9 had no databases.
      return dot < 0
          ? new Grant(object, DEFAULT_DATABASE, place, PrivilegeName.ofApi(privilege))
          : new Grant(
              object,
              place.substring(0, dot),
              place.substring(dot + 1),
              PrivilegeName.ofApi(privilege));
    }
  }

  static boolean covers(String key) {
    return key.startsWith(PREFIX) || key.startsWith(PRIVILEGE_GROUPS);
  }

  /**
   * Applies one key.
   *
   * @param value null if the key was deleted
   */
  void apply(String key, @Nullable ByteString value) throws InvalidProtocolBufferException {
    if (key.startsWith(PRIVILEGE_GROUPS)) {
      putOrRemove(
          groups,
          key.substring(PRIVILEGE_GROUPS.length()),
          value == null ? null : PrivilegeGroupInfo.parseFrom(value));
      return;
    }
    String[] parts = key.substring(PREFIX.length()).split("/", -1);
    switch (parts[0] + " " + parts.length) {
      case "users 2" -> putOrRemove(users, parts[1], value == null ? null : PasswordMark.of(value));
      case "roles 2" -> addOrRemove(roles, parts[1], value);
      case "user-role-mapping 3" ->
          addOrRemove(
              rolesOfUsers.computeIfAbsent(parts[1], user -> new HashSet<>()), parts[2], value);
      case "grantee-privileges 4" ->
          putOrRemove(
              grants,
              new GrantPlace(parts[1], parts[2], parts[3]),
              value == null ? null : value.toStringUtf8());
      case "grantee-id 3" ->
          addOrRemove(privileges.computeIfAbsent(parts[1], id -> new HashSet<>()), parts[2], value);
      default -> {}
    }
  }

  private static <K, V> void putOrRemove(Map<K, V> all, K key, @Nullable V value) {
    if (value == null) {
      all.remove(key);
    } else {
      all.put(key, value);
    }
  }

  private static void addOrRemove(Set<String> all, String name, @Nullable ByteString value) {
    if (value == null) {
      all.remove(name);
    } else {
      all.add(name);
    }
  }

  Access access() {
    List<AccessEntry> entries = new ArrayList<>();
    groups.forEach(
        (name, group) ->
            entries.add(
                new AccessEntry.PrivilegeGroup(
                    name,
                    group.getPrivilegesList().stream()
                        .map(PrivilegeEntity::getName)
                        .collect(Collectors.toSet()))));
    roles.forEach(role -> entries.add(new AccessEntry.Role(role, grantsOf(role))));
    users.forEach(
        (name, mark) ->
            entries.add(
                new AccessEntry.User(name, rolesOfUsers.getOrDefault(name, Set.of()), mark)));
    return Access.of(entries);
  }

  private Set<Grant> grantsOf(String role) {
    Set<Grant> all = new HashSet<>();
    grants.forEach(
        (place, id) -> {
          if (place.role().equals(role)) {
            privileges.getOrDefault(id, Set.of()).forEach(name -> all.add(place.of(name)));
          }
        });
    return all;
  }
}
