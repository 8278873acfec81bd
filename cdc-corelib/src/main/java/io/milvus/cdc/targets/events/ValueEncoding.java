package io.milvus.cdc.targets.events;

/**
 * Selects the notation of values for which JSON has none.
 *
 * @param vectorsAsBase64 whether vectors of floats are base64 of little endian 32-bit floats.
 *     Sparse vectors are then base64 of pairs of a 32-bit index and a float. Otherwise both are
 *     arrays of numbers, and objects from index to number. Other vectors are always base64 of their
 *     bytes
 * @param int64AsText whether 64-bit integers are texts; otherwise they are numbers with all their
 *     digits, which exceed JavaScript's numbers
 */
public record ValueEncoding(boolean vectorsAsBase64, boolean int64AsText) {
  static final ValueEncoding PLAIN = new ValueEncoding(false, false);
}
