package gatehouse.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Password hashes by Argon2id (RFC 9106) in the PHC string form
 * {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}, so that they can be carried to other software.
 *
 * <p>It computes and compares; how many run at once is decided by its caller, since each takes
 * {@value #MEMORY_KIB} KiB and some 50 ms of a core.
 */
public final class Argon2id {
  /** 19 MiB and two passes: the least that OWASP's password storage advice accepts. */
  static final int MEMORY_KIB = 19_456;
  static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final String COSTS =
      "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES;

  /** What a stored hash may ask of us: an imported one must not exhaust the machine. */
  private static final int MAX_MEMORY_KIB = 262_144;
  private static final int MAX_PASSES = 16;

  /** RFC 9106 §3.1 and §4: what is shorter was cut off on its way here. */
  private static final int MIN_SALT_BYTES = 8;
  private static final int MIN_HASH_BYTES = 16;

  private Argon2id() {
  }

  /** Hashes a password with a fresh salt. */
  public static String hash(String password) {
    byte[] salt = Secrets.random(SALT_BYTES);
    byte[] hash = compute(password, salt, HASH_BYTES, MEMORY_KIB, PASSES, LANES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return COSTS + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
  }

  /**
   * The hash of nothing anybody can type, for a user who does not exist.
   *
   * @param like a stored hash to be as costly as, or null for one of ours
   */
  public static String decoy(String like) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return (like == null ? COSTS : like.substring(0, like.indexOf('$', COSTS.indexOf("$m") + 1)))
        + "$" + base64.encodeToString(Secrets.random(SALT_BYTES))
        + "$" + base64.encodeToString(Secrets.random(HASH_BYTES));
  }

  private record Stored(int memory, int passes, int lanes, byte[] salt, byte[] hash) {
  }

  /** Whether the stored text is an Argon2id hash that we can compute. */
  public static boolean isHash(String stored) {
    try {
      return parse(stored) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Whether the password belongs to the hash.
   *
   * @throws IllegalArgumentException if the stored text is no Argon2id hash we can compute
   */
  public static boolean matches(String password, String stored) {
    Stored known = parse(stored);
    return MessageDigest.isEqual(known.hash, compute(password, known.salt, known.hash.length,
        known.memory, known.passes, known.lanes));
  }

  private static Stored parse(String stored) {
    // "" $ argon2id $ v=19 $ m=,t=,p= $ salt $ hash
    String[] parts = stored.split("\\$", -1);
    if (parts.length != 6 || !parts[1].equals("argon2id") || !parts[2].equals("v=19")) {
      throw new IllegalArgumentException("not an Argon2id hash of version 19");
    }
    String[] costs = parts[3].split(",", -1);
    if (costs.length != 3) {
      throw new IllegalArgumentException("not an Argon2id hash: three costs are expected");
    }
    int memory = cost(costs[0], "m=", MAX_MEMORY_KIB);
    int passes = cost(costs[1], "t=", MAX_PASSES);
    int lanes = cost(costs[2], "p=", MAX_PASSES);
    byte[] salt = Base64.getDecoder().decode(parts[4]);
    byte[] hash = Base64.getDecoder().decode(parts[5]);
    if (salt.length < MIN_SALT_BYTES || hash.length < MIN_HASH_BYTES) {
      throw new IllegalArgumentException("not an Argon2id hash: salt or hash is too short");
    }
    return new Stored(memory, passes, lanes, salt, hash);
  }

  private static int cost(String text, String prefix, int most) {
    int value = text.startsWith(prefix) ? Integer.parseInt(text.substring(prefix.length())) : 0;
    if (value < 1 || value > most) {
      throw new IllegalArgumentException("Argon2id cost " + prefix + " is out of range");
    }
    return value;
  }

  static byte[] compute(
      String password, byte[] salt, int length, int memoryKib, int passes, int lanes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
        .withMemoryAsKB(memoryKib)
        .withIterations(passes)
        .withParallelism(lanes)
        .withSalt(salt)
        .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
