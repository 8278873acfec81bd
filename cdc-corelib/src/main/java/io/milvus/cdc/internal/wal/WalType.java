package io.milvus.cdc.internal.wal;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The known types of messages, with Milvus's numbers (2.6.20 and 3.0.0, messages.proto). */
public enum WalType {
  TIME_TICK(1),
  INSERT(2),
  DELETE(3),
  FLUSH(4),
  CREATE_COLLECTION(5),
  DROP_COLLECTION(6),
  CREATE_PARTITION(7),
  DROP_PARTITION(8),
  MANUAL_FLUSH(9),
  CREATE_SEGMENT(10),
  IMPORT(11),
  /** In Milvus 2.6.0 to 2.6.5 only. */
  SCHEMA_CHANGE(12),
  ALTER_COLLECTION(13),
  ALTER_LOAD_CONFIG(14),
  DROP_LOAD_CONFIG(15),
  CREATE_DATABASE(16),
  ALTER_DATABASE(17),
  DROP_DATABASE(18),
  ALTER_ALIAS(19),
  DROP_ALIAS(20),
  RESTORE_RBAC(21),
  ALTER_USER(22),
  DROP_USER(23),
  ALTER_ROLE(24),
  DROP_ROLE(25),
  ALTER_USER_ROLE(26),
  DROP_USER_ROLE(27),
  ALTER_PRIVILEGE(28),
  DROP_PRIVILEGE(29),
  ALTER_PRIVILEGE_GROUP(30),
  DROP_PRIVILEGE_GROUP(31),
  ALTER_RESOURCE_GROUP(32),
  DROP_RESOURCE_GROUP(33),
  CREATE_INDEX(34),
  ALTER_INDEX(35),
  DROP_INDEX(36),
  FLUSH_ALL(37),
  TRUNCATE_COLLECTION(38),
  RESTORE_SNAPSHOT(39),
  CREATE_SNAPSHOT(40),
  DROP_SNAPSHOT(41),
  BATCH_UPDATE_MANIFEST(42),
  REFRESH_EXTERNAL_COLLECTION(43),
  DROP_SNAPSHOTS_BY_COLLECTION(44),
  COMMIT_IMPORT(45),
  ROLLBACK_IMPORT(46),
  ALTER_WAL(700),
  ALTER_REPLICATE_CONFIG(800),
  BEGIN_TXN(900),
  COMMIT_TXN(901),
  ROLLBACK_TXN(902);

  private static final Map<Integer, WalType> BY_NUMBER =
      Stream.of(values()).collect(Collectors.toMap(WalType::number, Function.identity()));

  private final int number;

  WalType(int number) {
    this.number = number;
  }

  /** Returns Milvus's number. */
  public int number() {
    return number;
  }

  /** Returns the type with this number, or null if it is unknown. */
  public static @Nullable WalType of(int number) {
    return BY_NUMBER.get(number);
  }
}
