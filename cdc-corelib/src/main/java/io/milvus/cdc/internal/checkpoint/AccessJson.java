package io.milvus.cdc.internal.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.Grant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes and reads access as JSON: names only, without anything about passwords. */
final class AccessJson {
  private static final String GROUPS = "privilegeGroups";
  private static final String ROLES = "roles";
  private static final String USERS = "users";

  private AccessJson() {}

  static ObjectNode write(Access access) {
    Writer writer = new Writer(JsonNodeFactory.instance.objectNode());
    access.entries().values().forEach(entry -> entry.accept(writer));
    return writer.node;
  }

  private record Writer(ObjectNode node)
      implements AccessEntry.Visitor<ArrayNode, RuntimeException> {
    @Override
    public ArrayNode privilegeGroup(AccessEntry.PrivilegeGroup group) {
      return write(array(GROUPS, group), group.privileges());
    }

    @Override
    public ArrayNode role(AccessEntry.Role role) {
      ArrayNode grants = array(ROLES, role);
      List<Grant> sorted =
          role.grants().stream().sorted(Comparator.comparing(Grant::toString)).toList();
      for (Grant grant : sorted) {
        grants
            .addArray()
            .add(grant.object())
            .add(grant.database())
            .add(grant.name())
            .add(grant.privilege());
      }
      return grants;
    }

    @Override
    public ArrayNode user(AccessEntry.User user) {
      return write(array(USERS, user), user.roles());
    }

    private ArrayNode array(String kind, AccessEntry entry) {
      return node.withObjectProperty(kind).putArray(entry.name().text());
    }

    private static ArrayNode write(ArrayNode array, Set<String> texts) {
      new TreeSet<>(texts).forEach(array::add);
      return array;
    }
  }

  static Access read(JsonNode node) {
    List<AccessEntry> entries = new ArrayList<>();
    node.path(GROUPS)
        .properties()
        .forEach(
            group ->
                entries.add(
                    new AccessEntry.PrivilegeGroup(group.getKey(), texts(group.getValue()))));
    node.path(ROLES)
        .properties()
        .forEach(role -> entries.add(new AccessEntry.Role(role.getKey(), grants(role.getValue()))));
    node.path(USERS)
        .properties()
        .forEach(
            user -> entries.add(new AccessEntry.User(user.getKey(), texts(user.getValue()), "")));
    return Access.of(entries);
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Set<Grant> grants(JsonNode array) {
    Set<Grant> grants = new HashSet<>();
    for (JsonNode grant : array) {
      grants.add(
          new Grant(
              grant.required(0).asText(),
              grant.required(1).asText(),
              grant.required(2).asText(),
              grant.required(3).asText()));
    }
    return grants;
  }
}
