package io.milvus.cdc.rows;

/** The types that a {@link Field} can have, each with the Java type of its values. */
public enum FieldType {
  /** A Boolean. */
  BOOL("Bool"),
  /** An Integer from -128 to 127. */
  INT8("Int8"),
  /** An Integer from -32768 to 32767. */
  INT16("Int16"),
  /** An Integer. */
  INT32("Int32"),
  /** A Long. */
  INT64("Int64"),
  /** A Float. */
  FLOAT("Float"),
  /** A Double. */
  DOUBLE("Double"),
  /** A String. */
  TEXT("VarChar"),
  /** A String with the text of a JSON value. */
  JSON("JSON"),
  /**
   * A {@code float[]} or a List of numbers when it is written, a {@code float[]} when it is read.
   */
  VECTOR("FloatVector"),
  /** A List of Longs. */
  INT64_ARRAY("Array", "Int64"),
  /** A List of Strings. */
  TEXT_ARRAY("Array", "VarChar");

  private final String milvusName;
  private final String elementName;

  FieldType(String milvusName) {
    this(milvusName, "");
  }

  FieldType(String milvusName, String elementName) {
    this.milvusName = milvusName;
    this.elementName = elementName;
  }

  /** Milvus's name of the type of an array's elements, else empty. */
  String elementName() {
    return elementName;
  }

  String milvusName() {
    return milvusName;
  }
}
