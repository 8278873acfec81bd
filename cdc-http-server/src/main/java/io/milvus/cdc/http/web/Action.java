package io.milvus.cdc.http.web;

/** Answers one kind of request. It may block, and it may throw: see {@link Problems}. */
@FunctionalInterface
public interface Action {
  Answer answer(Call call) throws Exception;
}
