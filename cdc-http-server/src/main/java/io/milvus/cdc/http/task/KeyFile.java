package io.milvus.cdc.http.task;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the key of a server without a configured key, beside its state. Only the server's own user
 * may read it.
 */
record KeyFile(Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);
  private static final int KEY_BYTES = 32;

  /** Returns the key in the file, or empty if the file does not exist. */
  Optional<Secret> read() {
    try {
      return Files.exists(file)
          ? Optional.of(new Secret(Files.readString(file).trim()))
          : Optional.empty();
    } catch (IOException e) {
      throw new CheckpointException(
          "The key in %s cannot be read: %s.".formatted(file, e),
          "Grant this server's user read access to it.",
          e);
    }
  }

  /** Creates the file. After a crash the file is either complete or absent. */
  Secret create() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Secret secret = new Secret(Base64.getEncoder().encodeToString(key));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      write(secret);
    } catch (IOException e) {
      throw new CheckpointException(
          "A key for credentials cannot be created as %s: %s.".formatted(file, e),
          "Grant this server's user write access there, or set MILVUS_CDC_KEY.",
          e);
    }
    LOG.warn(
        "No key was set, so this server has created a key in {} and encrypts the"
            + " credentials of tasks with it. Keep the file: the credentials cannot be read"
            + " without it. To use a key of your own, set MILVUS_CDC_KEY or 'keyFile'. The"
            + " command 'openssl rand -base64 32' creates a key.",
        file);
    return secret;
  }

  private void write(Secret secret) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    try (FileChannel out =
        FileChannel.open(
            next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
      out.write(ByteBuffer.wrap((secret.value() + "\n").getBytes(StandardCharsets.US_ASCII)));
      out.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private FileAttribute<?>[] ownerOnly() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
