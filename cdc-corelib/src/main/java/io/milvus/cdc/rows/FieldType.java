package io.milvus.cdc.rows;

/** Lists the types of a {@link Field}, each with the Java type of its values. */
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
   * A {@code float[]} or a List of numbers in a written row, a {@code float[]} in a row that is
   * read.
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

  /** Returns Milvus's name of the type of an array's elements, else an empty text. */
  String elementName() {
    return elementName;
  }

  String milvusName() {
    return milvusName;
  }
}
