package io.milvus.cdc.store;

import java.util.Optional;

/**
 * Owns one name in a store with leases. Each call is bounded in time. If there is no answer, it
 * throws {@link io.milvus.cdc.error.RetriableException}; the call may then have taken effect, or
 * may do so later.
 *
 * <p>The fence is a number that excludes late writes: a write counts only with the fence that is in
 * place when it arrives.
 */
interface Tenure {
  /**
   * Takes the name, if it has no owner. May be repeated.
   *
   * @return the fence, or 0 if another owner has the name
   */
  long take();

  /** Returns the last owner of the name. */
  Optional<String> holder();

  /**
   * Requests another term. Returns false if another owner has taken over. If the lease had expired,
   * it resumes as long as no other owner has. Called by the renewing thread, in parallel with other
   * calls.
   */
  boolean renew();

  /**
   * Moves the fence, so that every write that is still on its way fails.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException if another owner has taken over
   */
  long moveFence();

  /**
   * Replaces the text. Returns the fence for the next write, or 0 if this fence is not in place.
   */
  long write(long fence, String packed);

  /** Removes the text. Returns the fence for the next write, or 0 if this fence is not in place. */
  long remove(long fence);

  /** Returns the text, regardless of its owner. */
  Optional<String> read();

  /** Lets others own the name at once, unless another owner has it already. */
  void release();
}
