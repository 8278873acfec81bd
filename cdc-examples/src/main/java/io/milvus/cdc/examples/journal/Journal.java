package io.milvus.cdc.examples.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.targets.consumer.Change;
import io.milvus.cdc.targets.consumer.ChangeBatch;
import io.milvus.cdc.targets.consumer.ChangeConsumer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletionStage;

/**
 * Appends every change to a file, as one line of JSON each. A batch is acknowledged when it is on
 * disk. Lines that a crash left incomplete are cut off, because they are redelivered.
 */
public final class Journal implements ChangeConsumer, Change.Visitor<IOException>, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel file;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private boolean replay;

  private Journal(FileChannel file) {
    this.file = file;
  }

  /** Opens a journal, or creates it if it does not exist. */
  public static Journal at(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    long end = file.size();
    ByteBuffer last = ByteBuffer.allocate(1);
    while (end > 0 && file.read(last.clear(), end - 1) == 1 && last.get(0) != '\n') {
      end--;
    }
    file.truncate(end).position(end);
    return new Journal(file);
  }

  @Override
  public synchronized CompletionStage<?> accept(ChangeBatch batch) throws IOException {
    lines.reset();
    replay = batch.replay();
    for (Change change : batch.changes()) {
      change.accept(this);
    }
    long before = file.position();
    try {
      file.write(ByteBuffer.wrap(lines.toByteArray()));
      file.force(false);
    } catch (IOException e) {
      file.truncate(before);
      throw e;
    }
    return batch.acknowledged();
  }

  private ObjectNode line(String kind, Change change) {
    return JSON.createObjectNode()
        .put("kind", kind)
        .put("id", change.id())
        .put("timestamp", change.timestamp().value())
        .put("replay", replay);
  }

  private void write(ObjectNode line) throws IOException {
    lines.writeBytes(JSON.writeValueAsBytes(line));
    lines.write('\n');
  }

  @Override
  public void inserted(Change.Inserted change) throws IOException {
    InsertedRows rows = change.rows();
    ObjectNode line =
        line("inserted", change)
            .put("collection", rows.database() + "." + rows.collection())
            .put("partition", rows.partition());
    for (int i = 0; i < rows.count(); i++) {
      line.withArray("keys").addPOJO(rows.row(i).key());
      line.withArray("rows").addPOJO(rows.row(i).values());
    }
    write(line);
  }

  @Override
  public void deleted(Change.Deleted change) throws IOException {
    ObjectNode line =
        line("deleted", change)
            .put("collection", change.keys().database() + "." + change.keys().collection())
            .put("partition", change.keys().partition());
    change.keys().keys().forEach(line.withArray("keys")::addPOJO);
    write(line);
  }

  @Override
  public void catalogChanged(Change.CatalogChanged change) throws IOException {
    ObjectNode line = line("catalog", change);
    change.event().accept(new CatalogLine(line));
    write(line);
  }

  @Override
  public void watermark(Change.Watermark change) throws IOException {
    write(line("complete", change));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
