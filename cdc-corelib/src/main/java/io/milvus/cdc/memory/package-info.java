/**
 * Provides a source and a target in memory, for the tests of services that embed the library.
 *
 * <pre>{@code
 * InMemorySource source = new InMemorySource();
 * InMemoryTarget target = new InMemoryTarget();
 * InMemoryCollection books =
 *     source.create("books", Field.key("id", INT64), Field.of("title", TEXT), Field.vector("v", 2));
 * try (CdcEngine engine =
 *     CdcEngine.builder()
 *         .source(source)
 *         .target(target)
 *         .checkpoints(new InMemoryStore())
 *         .start()) {
 *   CdcTask task = engine.submit(TaskSpec.of("test"));
 *   books.insert(Map.of("id", 1L, "title", "Emma", "v", List.of(0.5f, 1f)));
 *   task.awaitCaughtUp(Duration.ofSeconds(10));
 *   assertEquals(books.rows(), target.rows("books"));
 * }
 * }</pre>
 *
 * <p>Between both pass the same messages as between two Milvus: on channels, with timestamps and
 * ticks. If a task is killed, paused or restarted, it resumes as it would there.
 */
@NullMarked
package io.milvus.cdc.memory;

import org.jspecify.annotations.NullMarked;
