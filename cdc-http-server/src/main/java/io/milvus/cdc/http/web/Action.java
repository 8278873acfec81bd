package io.milvus.cdc.http.web;

/** Answers one kind of request. May block, and may throw: see {@link Problems}. */
@FunctionalInterface
public interface Action {
  Answer answer(Call call) throws Exception;
}
