package io.milvus.cdc.catalog;

/**
 * What a role may do to something.
 *
 * @param object what kind of thing: {@code Collection}, {@code Global} or {@code User}
 * @param database whose thing, or {@code *} for any
 * @param name which one, or {@code *} for any
 * @param privilege a single one, such as {@code Insert}, a group of them, or {@code *} for any
 */
public record Grant(String object, String database, String name, String privilege) {
  /** In place of a name: whatever it is called. */
  public static final String ANY = "*";

  /** The kind of things that are users. */
  public static final String USER = "User";
}
