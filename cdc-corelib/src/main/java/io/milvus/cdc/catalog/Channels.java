package io.milvus.cdc.catalog;

/** Reads names of message channels, as Milvus composes them. */
public final class Channels {
  private Channels() {}

  /**
   * Returns the physical channel of a virtual one: {@code by-dev-rootcoord-dml_3_4711v0} belongs to
   * {@code by-dev-rootcoord-dml_3}. A name with one underscore is a physical channel already
   * (Milvus 2.3 pkg/util/funcutil ToPhysicalChannel).
   */
  public static String physicalOf(String channel) {
    int last = channel.lastIndexOf('_');
    return last <= 0 || channel.indexOf('_') == last ? channel : channel.substring(0, last);
  }
}
