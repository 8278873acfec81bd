package io.milvus.cdc.store;

/**
 * Where etcd has what belongs to a name.
 *
 * @param root what all keys begin with, with its slash
 */
record EtcdKeys(String root, String name) {
  /** What all tasks that have a text begin with. */
  static String texts(String root) {
    return root + "text/";
  }

  /** Goes with its lease: is there as long as the owner may be alive. */
  String lease() {
    return root + "lease/" + name;
  }

  /** Who took the name last. The revision of its value is the fence. */
  String owner() {
    return root + "owner/" + name;
  }

  /** The text itself, or where its parts are. */
  String text() {
    return texts(root) + name;
  }

  /** What all parts of the name begin with. */
  String parts() {
    return root + "part/" + name + "/";
  }

  /** What the parts of one write begin with. */
  String parts(String generation) {
    return parts() + generation + "/";
  }
}
