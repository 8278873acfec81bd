package io.milvus.cdc.store;

/**
 * Names the keys of one claimed name in etcd.
 *
 * @param root the prefix of all keys, with its slash
 */
record EtcdKeys(String root, String name) {
  /** Returns the prefix of the keys of all texts. */
  static String texts(String root) {
    return root + "text/";
  }

  /** Returns the key that expires with its lease: it exists as long as the owner may be alive. */
  String lease() {
    return root + "lease/" + name;
  }

  /** Returns the key of the last owner. The revision of its value is the fence. */
  String owner() {
    return root + "owner/" + name;
  }

  /** Returns the key of the text itself, or of the list of its parts. */
  String text() {
    return texts(root) + name;
  }

  /** Returns the prefix of all parts of the name. */
  String parts() {
    return root + "part/" + name + "/";
  }

  /** Returns the prefix of the parts of one write. */
  String parts(String generation) {
    return parts() + generation + "/";
  }
}
