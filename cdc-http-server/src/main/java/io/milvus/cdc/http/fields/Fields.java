package io.milvus.cdc.http.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.error.ConfigException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object of named values. Its errors contain the full name of a value, and it reports
 * names that were never read. For one thread.
 */
public final class Fields {
  private final String path;
  private final ObjectNode node;
  private final Dialect dialect;
  private final Set<String> asked = new HashSet<>();
  private final Map<String, Fields> objects = new HashMap<>();
  private final List<Fields> items = new ArrayList<>();

  private Fields(String path, ObjectNode node, Dialect dialect) {
    this.path = path;
    this.node = node;
    this.dialect = dialect;
  }

  /**
   * Returns the fields of a whole document.
   *
   * @throws ConfigException if it is not an object
   */
  public static Fields of(JsonNode document, Dialect dialect) {
    return of("", document, dialect);
  }

  private static Fields of(String path, JsonNode node, Dialect dialect) {
    if (node.isNull() || node.isMissingNode()) {
      return new Fields(path, JsonNodeFactory.instance.objectNode(), dialect);
    }
    if (node instanceof ObjectNode object) {
      return new Fields(path, object, dialect);
    }
    throw wrong(path, node, "an object with named values");
  }

  private static ConfigException wrong(String path, JsonNode node, String wanted) {
    return new ConfigException(
        "%s must be %s, not %s."
            .formatted(path.isEmpty() ? "The document" : "'" + path + "'", wanted, kind(node)),
        "");
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a text";
      case NUMBER -> "the number " + node.asText();
      case BOOLEAN -> node.asText();
      case NULL, MISSING -> "nothing";
    };
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private JsonNode value(String name) {
    asked.add(fold(name));
    if (!dialect.anyCase()) {
      return node.path(name);
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return entry.getValue();
      }
    }
    return MissingNode.getInstance();
  }

  /** Returns whether there is a value with this name. */
  public boolean has(String name) {
    JsonNode value = value(name);
    return !value.isMissingNode() && !value.isNull();
  }

  /** Returns a text, or null if it is missing. */
  public @Nullable String text(String name) {
    return has(name) ? text(pathOf(name), value(name)) : null;
  }

  private String text(String at, JsonNode value) {
    if (value.isTextual() || (dialect.anyScalar() && value.isValueNode())) {
      return value.asText();
    }
    throw wrong(at, value, "a text");
  }

  /** Returns a text, or the default if it is missing. */
  public String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  /**
   * Returns a required text.
   *
   * @throws ConfigException if it is missing or empty
   */
  public String required(String name) {
    String text = text(name);
    if (text == null || text.isEmpty()) {
      throw new ConfigException("'%s' is missing.".formatted(pathOf(name)), "");
    }
    return text;
  }

  public boolean flag(String name, boolean otherwise) {
    JsonNode value = value(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(pathOf(name), value, "true or false");
    }
    return value.booleanValue();
  }

  /**
   * Returns a flag that had another name in earlier versions. Both names are read.
   *
   * @throws ConfigException if it has both names, or is neither true nor false
   */
  public boolean flag(String name, String former, boolean otherwise) {
    if (has(name) && has(former)) {
      throw new ConfigException(
          "'%s' is set twice, also by its former name '%s'.".formatted(pathOf(name), former),
          "Remove '%s'.".formatted(former));
    }
    return flag(has(former) ? former : name, otherwise);
  }

  public long number(String name, long otherwise) {
    JsonNode value = value(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToLong()) {
      throw wrong(pathOf(name), value, "a whole number");
    }
    return value.longValue();
  }

  /**
   * Returns a number of 32 bits.
   *
   * @throws ConfigException if it is not such a number
   */
  public int integer(String name, int otherwise) {
    long number = number(name, otherwise);
    if (number != (int) number) {
      throw wrong(pathOf(name), value(name), "a smaller number");
    }
    return (int) number;
  }

  /** Returns a value of any type, unchanged. */
  public JsonNode any(String name) {
    return value(name);
  }

  /** Returns an object, or an empty object if it is missing. Returns the same object each time. */
  public Fields object(String name) {
    JsonNode value = value(name);
    return objects.computeIfAbsent(fold(name), key -> of(pathOf(name), value, dialect));
  }

  /** Returns a list of objects, or an empty list if it is missing. */
  public List<Fields> objects(String name) {
    List<Fields> found = new ArrayList<>();
    for (JsonNode item : items(name)) {
      found.add(of("%s[%d]".formatted(pathOf(name), found.size()), item, dialect));
    }
    items.addAll(found);
    return found;
  }

  private List<JsonNode> items(String name) {
    JsonNode value = value(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong(pathOf(name), value, "a list");
    }
    List<JsonNode> items = new ArrayList<>();
    value.forEach(items::add);
    return items;
  }

  /** Returns a list of texts, or an empty list if it is missing. */
  public List<String> texts(String name) {
    return items(name).stream().map(item -> text(pathOf(name) + "[]", item)).toList();
  }

  /** Returns a list of texts. A single text is accepted as a list of one. */
  public List<String> oneOrMoreTexts(String name) {
    return value(name).isTextual() ? List.of(value(name).textValue()) : texts(name);
  }

  /** Returns texts by name, or an empty map if the object is missing. */
  public Map<String, String> textsByName(String name) {
    Fields fields = object(name);
    Map<String, String> texts = new LinkedHashMap<>();
    fields.names().forEach(key -> texts.put(key, fields.required(key)));
    return texts;
  }

  /** Returns the names as they were written. */
  public List<String> names() {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** Returns the full names of values that were never read, here and in nested objects. */
  public List<String> unread() {
    return Stream.concat(
            names().stream().filter(name -> !asked.contains(fold(name))).map(this::pathOf),
            Stream.concat(objects.values().stream(), items.stream())
                .flatMap(fields -> fields.unread().stream()))
        .distinct()
        .toList();
  }

  /**
   * Rejects names without a value, because our API description requires a value for each name.
   *
   * @throws ConfigException with the first of them
   */
  public Fields refuseNulls() {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getValue().isNull()) {
        throw new ConfigException(
            "'%s' is null.".formatted(pathOf(entry.getKey())), "Leave it out, or set a value.");
      }
    }
    return this;
  }

  private String fold(String name) {
    return dialect.anyCase() ? name.toLowerCase(Locale.ROOT) : name;
  }

  /**
   * Returns a text as a path.
   *
   * @param name names it in a message
   * @throws ConfigException if it is no path
   */
  public static Path path(String name, String text, String cure) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigException("'%s' is not a path: %s.".formatted(name, e.getMessage()), cure, e);
    }
  }

  /**
   * Rejects values that were never read: mostly typing errors.
   *
   * @throws ConfigException with the names
   */
  public void refuseUnread() {
    List<String> unread = unread();
    if (!unread.isEmpty()) {
      throw new ConfigException(
          "The name %s is unknown here."
              .formatted(String.join(", ", unread.stream().map("'%s'"::formatted).toList())),
          "Check the spelling, or leave it out.");
    }
  }
}
