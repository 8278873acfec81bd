package io.milvus.cdc.testkit;

import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.Status;
import io.milvus.grpc.UpsertRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows that client writes leave on a {@link FakeMilvus}, which keeps one of each key in a
 * partition, as Milvus does under upserts. A row is known by its column {@code version}, where it
 * has one. Not thread-safe by itself.
 */
public final class FakeTable {
  private static final Pattern IN = Pattern.compile("\\w+ in \\[(.*)]", Pattern.DOTALL);

  /** Two numbers may be a difference, which Milvus works out. */
  private static final Pattern NUMBER = Pattern.compile("(-?\\d+)(?: - (\\d+))?");

  /** What Go makes of these, and no other character may follow a backslash. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:([0-7]{3})|u(\\p{XDigit}{4})|U(\\p{XDigit}{8})|([\"\\\\])|.)");

  private static final String DEFAULT = "_default";

  private final FakeCatalog catalog;

  private record Row(UpsertRequest request, int index) {}

  /** By collection, partition and key. */
  private final Map<Long, Map<String, Map<String, Row>>> rows = new TreeMap<>();

  private final List<UpsertRequest> upserts = new ArrayList<>();
  private final List<DeleteRequest> deletes = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private Predicate<UpsertRequest> refused = request -> false;
  private int mostRows = Integer.MAX_VALUE;
  private long clock = 1_000_000;

  FakeTable(FakeCatalog catalog) {
    this.catalog = catalog;
  }

  MutationResult upsert(UpsertRequest request) {
    if (catalog.find(request.getDbName(), request.getCollectionName()) == null) {
      return answer(100, "collection not found");
    }
    if (request.getNumRows() > mostRows) {
      return answer(1102, "upsert request size exceeds maxInsertSize");
    }
    if (refused.test(request)) {
      return answer(1100, "the length exceeds max length");
    }
    upserts.add(request);
    Map<String, Row> there =
        partitions(request.getDbName(), request.getCollectionName())
            .computeIfAbsent(nameOf(request.getPartitionName()), name -> new TreeMap<>());
    List<String> keys = keysOf(request);
    Set<String> seen = new HashSet<>();
    for (int row = 0; row < keys.size(); row++) {
      if (!seen.add(keys.get(row))) {
        violations.add("key %s twice in one request".formatted(keys.get(row)));
      }
      there.put(keys.get(row), new Row(request, row));
    }
    if (keys.size() != request.getNumRows()) {
      violations.add("%d keys for %d rows".formatted(keys.size(), request.getNumRows()));
    }
    return answer(0, "");
  }

  private static String nameOf(String partition) {
    return partition.isEmpty() ? DEFAULT : partition;
  }

  private Map<String, Map<String, Row>> partitions(String database, String collection) {
    FakeCatalog.Made made = catalog.find(database, collection);
    return made == null ? new TreeMap<>() : rows.computeIfAbsent(made.id(), id -> new TreeMap<>());
  }

  private static List<String> keysOf(UpsertRequest request) {
    FieldData keys = column(request, "id");
    return keys.getScalars().hasStringData()
        ? keys.getScalars().getStringData().getDataList()
        : keys.getScalars().getLongData().getDataList().stream().map(String::valueOf).toList();
  }

  private static long versionOf(UpsertRequest request, int row) {
    FieldData versions = column(request, "version");
    return versions.hasScalars() ? versions.getScalars().getLongData().getData(row) : 0;
  }

  private static FieldData column(UpsertRequest request, String name) {
    return request.getFieldsDataList().stream()
        .filter(column -> column.getFieldName().equals(name))
        .findFirst()
        .orElse(FieldData.getDefaultInstance());
  }

  MutationResult delete(DeleteRequest request) {
    deletes.add(request);
    Matcher in = IN.matcher(request.getExpr());
    if (!in.matches()) {
      return answer(1100, "invalid expression: " + request.getExpr());
    }
    Set<String> keys;
    try {
      keys = keys(in.group(1));
    } catch (IllegalArgumentException e) {
      return answer(65535, "cannot parse expression: %s".formatted(e.getMessage()));
    }
    partitions(request.getDbName(), request.getCollectionName())
        .forEach(
            (name, there) -> {
              if (request.getPartitionName().isEmpty() || request.getPartitionName().equals(name)) {
                there.keySet().removeAll(keys);
              }
            });
    return answer(0, "");
  }

  /** Literals between commas. By hand, because a pattern would need a frame for each character. */
  private static Set<String> keys(String list) {
    Set<String> keys = new HashSet<>();
    int start = 0;
    while (start <= list.length()) {
      boolean quoted = list.startsWith("\"", start);
      int end = quoted ? endOfText(list, start + 1) : list.indexOf(',', start);
      end = end < 0 ? list.length() : end;
      String literal = list.substring(start, end);
      keys.add(quoted ? text(literal.substring(1, literal.length() - 1)) : number(literal));
      if (end < list.length() && list.charAt(end) != ',') {
        throw new IllegalArgumentException("no comma after " + literal);
      }
      start = end + 1;
    }
    return keys;
  }

  private static int endOfText(String list, int from) {
    for (int at = from; at < list.length(); at++) {
      char one = list.charAt(at);
      if (one == '"') {
        return at + 1;
      }
      at += one == '\\' ? 1 : 0;
      if (at == list.length() || list.charAt(at) == '\r' || list.charAt(at) == '\n') {
        break;
      }
    }
    throw new IllegalArgumentException("a text without an end");
  }

  /** The sign is no part of a number that Milvus reads. */
  private static String number(String literal) {
    Matcher key = NUMBER.matcher(literal);
    if (!key.matches()) {
      throw new IllegalArgumentException("no key: " + literal);
    }
    String digits = key.group(1).startsWith("-") ? key.group(1).substring(1) : key.group(1);
    long absolute = Long.parseLong(digits);
    long number = key.group(1).equals(digits) ? absolute : -absolute;
    return Long.toString(key.group(2) == null ? number : number - Long.parseLong(key.group(2)));
  }

  private static String text(String literal) {
    return ESCAPE
        .matcher(literal)
        .replaceAll(
            escape -> {
              if (escape.group(4) != null) {
                return Matcher.quoteReplacement(escape.group(4));
              }
              for (int group = 1; group <= 3; group++) {
                if (escape.group(group) != null) {
                  int code = Integer.parseInt(escape.group(group), group == 1 ? 8 : 16);
                  return Matcher.quoteReplacement(Character.toString(code));
                }
              }
              throw new IllegalArgumentException("unknown escape " + escape.group());
            });
  }

  private MutationResult answer(int code, String reason) {
    return MutationResult.newBuilder()
        .setStatus(Status.newBuilder().setCode(code).setReason(reason))
        .setTimestamp(++clock)
        .build();
  }

  /** Refuses these from now on, for good. */
  public void refuse(Predicate<UpsertRequest> which) {
    refused = which;
  }

  /** Takes no more rows at once. */
  public void mostRows(int most) {
    mostRows = most;
  }

  /** The versions of the rows of a partition, by key. */
  public Map<String, Long> rows(String database, String collection, String partition) {
    Map<String, Long> versions = new TreeMap<>();
    partitions(database, collection)
        .getOrDefault(partition, Map.of())
        .forEach((key, row) -> versions.put(key, versionOf(row.request(), row.index())));
    return Map.copyOf(versions);
  }

  /** The rows of a collection, decoded. */
  public List<Map<String, Object>> rows(String database, String collection) {
    FakeCatalog.Made made = catalog.find(database, collection);
    return partitions(database, collection).entrySet().stream()
        .filter(partition -> made != null && made.partitions().containsKey(partition.getKey()))
        .flatMap(partition -> partition.getValue().values().stream())
        .map(row -> row(row.request().getFieldsDataList(), row.index()))
        .toList();
  }

  /** A row of some columns, as far as its values are scalars. */
  static Map<String, Object> row(List<FieldData> columns, int index) {
    Map<String, Object> row = new TreeMap<>();
    for (FieldData column : columns) {
      ScalarField scalars = column.getScalars();
      switch (scalars.getDataCase()) {
        case LONG_DATA -> row.put(column.getFieldName(), scalars.getLongData().getData(index));
        case DOUBLE_DATA -> row.put(column.getFieldName(), scalars.getDoubleData().getData(index));
        case STRING_DATA -> row.put(column.getFieldName(), scalars.getStringData().getData(index));
        case ARRAY_DATA ->
            row.put(
                column.getFieldName(),
                List.copyOf(scalars.getArrayData().getData(index).getLongData().getDataList()));
        case JSON_DATA ->
            row.put(column.getFieldName(), scalars.getJsonData().getData(index).toStringUtf8());
        default -> {}
      }
    }
    return row;
  }

  public List<UpsertRequest> upserts() {
    return List.copyOf(upserts);
  }

  public List<DeleteRequest> deletes() {
    return List.copyOf(deletes);
  }

  /** The timestamp of the last change. */
  public long clock() {
    return clock;
  }

  /** What Milvus would not forgive. */
  public List<String> violations() {
    return List.copyOf(violations);
  }
}
