package io.milvus.cdc.store;

import java.util.Optional;

/**
 * What a store with leases does for one claim. Each call is bounded in time and throws {@link
 * io.milvus.cdc.error.RetriableException} where it has no answer; it may then have been done, or
 * may be done later.
 *
 * <p>The fence is a number that tells late writes from present ones: a write counts only with the
 * fence that is in place when it arrives.
 */
interface Tenure {
  /**
   * Takes the name, where nobody owns it. May be repeated.
   *
   * @return the fence, or 0 where another owns the name
   */
  long take();

  /** Who took the name last. */
  Optional<String> holder();

  /**
   * Asks for another term. False where another has taken over; also where the lease had passed, it
   * goes on as long as none has. From the thread that renews, beside the others.
   */
  boolean renew();

  /**
   * Puts up a new fence, which every write that is still on its way fails at.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another has taken over
   */
  long moveFence();

  /** Replaces the text. The fence for the next write, or 0 where this one is not in place. */
  long write(long fence, String packed);

  /** Forgets the text. The fence for the next write, or 0 where this one is not in place. */
  long remove(long fence);

  /** The text, whoever wrote it. */
  Optional<String> read();

  /** Lets others own the name at once, unless they do already. */
  void release();
}
