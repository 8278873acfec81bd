package io.milvus.cdc.http.task;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts secrets for a store with AES-256-GCM. Each is bound to its task and its name, so that it
 * cannot replace another secret.
 */
public final class Vault {
  private static final String VERSION = "1:";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** Creates a key when it is needed; null if no key may be created. */
  private final @Nullable KeyFile file;

  private final SecureRandom random = new SecureRandom();

  /** Holds the keys. The first encrypts; all are tried to decrypt. Guarded by this. */
  private final List<SecretKeySpec> keys = new ArrayList<>();

  private Vault(@Nullable Secret key, @Nullable KeyFile file) {
    this.file = file;
    if (key != null) {
      keys.add(spec(key));
    }
    if (file != null) {
      file.read().map(Vault::spec).ifPresent(keys::add);
    }
  }

  /**
   * Returns a vault with this key.
   *
   * @param key 32 bytes in base 64, or null for a vault that accepts no secrets
   * @throws ConfigException if it is anything else
   */
  public static Vault with(@Nullable Secret key) {
    return new Vault(key, null);
  }

  /**
   * Returns a vault of a server that does not share its state.
   *
   * @param key 32 bytes in base 64, or null to create a key in the file when it is needed
   * @param file the file with the created key; it can still decrypt earlier secrets after a key is
   *     set
   * @throws ConfigException if either key is anything else
   */
  public static Vault with(@Nullable Secret key, Path file) {
    return new Vault(key, new KeyFile(file));
  }

  private static SecretKeySpec spec(Secret key) {
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(key.value());
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != KEY_BYTES) {
      throw new ConfigException(
          "The key for stored credentials has %d bytes.".formatted(bytes.length),
          "Set a key of 32 bytes in base 64. 'openssl rand -base64 32' creates such a key.");
    }
    return new SecretKeySpec(bytes, "AES");
  }

  private synchronized SecretKeySpec closing(String name) {
    if (keys.isEmpty() && file != null) {
      keys.add(spec(file.create()));
    }
    if (keys.isEmpty()) {
      throw new ConfigException(
          ("The target's %s cannot be stored: this server has no key to encrypt it with."
                  + " All servers of a shared store need the same key.")
              .formatted(name),
          "Set MILVUS_CDC_KEY in the environment of each server, or 'keyFile' in the"
              + " configuration ('openssl rand -base64 32' creates a key). Or name the target"
              + " in the configuration, and use that name in the task.");
    }
    return keys.get(0);
  }

  private synchronized List<SecretKeySpec> opening() {
    return List.copyOf(keys);
  }

  String close(String task, String name, Secret secret) {
    SecretKeySpec key = closing(name);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] closed =
          cipher(Cipher.ENCRYPT_MODE, key, nonce, task, name)
              .doFinal(secret.value().getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, nonce.length + closed.length);
      System.arraycopy(closed, 0, all, nonce.length, closed.length);
      return VERSION + Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no AES-GCM", e);
    }
  }

  Secret open(String task, String name, String stored) {
    Exception last = null;
    for (SecretKeySpec key : opening()) {
      try {
        return open(key, task, name, stored);
      } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
        last = e;
      }
    }
    throw last == null
        ? unreadable(task, name, "this server has no key", null)
        : unreadable(task, name, "this server has another key", last);
  }

  private static Secret open(SecretKeySpec key, String task, String name, String stored)
      throws GeneralSecurityException {
    byte[] all = Base64.getDecoder().decode(stored.substring(VERSION.length()));
    byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
    byte[] open =
        cipher(Cipher.DECRYPT_MODE, key, nonce, task, name)
            .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
    return new Secret(new String(open, StandardCharsets.UTF_8));
  }

  private static ConfigException unreadable(
      String task, String name, String why, @Nullable Exception cause) {
    return new ConfigException(
        "The %s of task '%s' was stored encrypted, and %s.".formatted(name, task, why),
        "Set the key that encrypted it (MILVUS_CDC_KEY, or 'keyFile').",
        cause);
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String task, String name)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((task + "\n" + name).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
