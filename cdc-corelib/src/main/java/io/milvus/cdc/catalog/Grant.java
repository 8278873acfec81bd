package io.milvus.cdc.catalog;

/**
 * A privilege of a role on an object.
 *
 * @param object the kind of the object: {@code Collection}, {@code Global} or {@code User}
 * @param database the database of the object, or {@code *} for any
 * @param name the name of the object, or {@code *} for any
 * @param privilege a single privilege, such as {@code Insert}, a group of them, or {@code *} for
 *     any
 */
public record Grant(String object, String database, String name, String privilege) {
  /** The name that stands for any. */
  public static final String ANY = "*";

  /** The kind of objects that are users. */
  public static final String USER = "User";
}
