package io.milvus.cdc.checkpoint;

/**
 * Where etcd has what belongs to a task.
 *
 * @param root what all keys begin with, with its slash
 */
record EtcdKeys(String root, String task) {
  /** What all tasks that have a checkpoint begin with. */
  static String checkpoints(String root) {
    return root + "checkpoint/";
  }

  /** Goes with its lease: is there as long as the owner may be alive. */
  String lease() {
    return root + "lease/" + task;
  }

  /** Who took the task last. The revision of its value is the fence. */
  String owner() {
    return root + "owner/" + task;
  }

  /** The checkpoint itself, or where its parts are. */
  String checkpoint() {
    return checkpoints(root) + task;
  }

  /** What all parts of the task begin with. */
  String parts() {
    return root + "part/" + task + "/";
  }

  /** What the parts of one write begin with. */
  String parts(String generation) {
    return parts() + generation + "/";
  }
}
