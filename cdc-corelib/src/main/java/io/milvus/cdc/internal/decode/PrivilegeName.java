package io.milvus.cdc.internal.decode;

import java.util.List;

/** Names of privileges. */
public final class PrivilegeName {
  private static final List<String> WORDS = List.of("PrivilegeGroup", "Privilege");

  private PrivilegeName() {}

  /** Returns the API's name of a privilege. Milvus stores longer names (pkg/util/constant.go). */
  public static String ofApi(String stored) {
    for (String word : WORDS) {
      if (stored.startsWith(word)) {
        return stored.substring(word.length());
      }
    }
    return stored;
  }
}
