package io.milvus.cdc.targets.events;

/**
 * How values are written that JSON has no notation for.
 *
 * @param vectorsAsBase64 whether vectors of floats are base64 of little endian 32-bit floats, and
 *     sparse ones of pairs of a 32-bit index and a float; else they are arrays of numbers, and
 *     objects from index to number. Other vectors are base64 of their bytes in any case
 * @param int64AsText whether 64-bit integers are texts; else they are numbers with all their
 *     digits, more than JavaScript's numbers hold
 */
public record ValueEncoding(boolean vectorsAsBase64, boolean int64AsText) {
  static final ValueEncoding PLAIN = new ValueEncoding(false, false);
}
