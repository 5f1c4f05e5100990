package gatehouse.login.passkey;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of CBOR (RFC 8949) that authenticators write: integers, byte and text strings,
 * arrays, maps, and the values false, true and null.
 *
 * <p>WebAuthn §2.5 wants the canonical form of CTAP2, so lengths are definite (RFC 8949 §3.2 has
 * others), tags do not occur, and a map has no key twice (§5.6): two readers that keep different
 * ones can be played against each other. Depth and number of values are bounded; a length is
 * believed only as far as there are bytes.
 *
 * <p>It does not insist on the order of keys or on the shortest form of a number: nothing is ever
 * encoded again and compared.
 */
final class Cbor {
  /** The deepest known attestation statement has three levels; extensions add a few. */
  private static final int MAX_DEPTH = 8;

  /** A certificate chain and some extensions have fewer than a hundred. */
  private static final int MAX_VALUES = 1_000;

  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final ByteBuffer in;
  private int values;

  private Cbor(ByteBuffer in) {
    this.in = in;
  }

  /**
   * Reads one value that must be all there is.
   *
   * @return a {@link Long}, {@code byte[]}, {@link String}, {@link List}, {@link Map}, {@link
   *     Boolean}, or null
   * @throws Refused {@code MALFORMED}
   */
  static Object read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Object value = next(in);
    Refused.unless(!in.hasRemaining(), Refusal.MALFORMED);
    return value;
  }

  /** Reads the value at the buffer's position, and moves it behind. */
  static Object next(ByteBuffer in) {
    try {
      return new Cbor(in).value(0);
    } catch (BufferUnderflowException e) {
      throw new Refused(Refusal.MALFORMED);
    }
  }

  /** Reads a map at the buffer's position. */
  static Map<?, ?> nextMap(ByteBuffer in) {
    if (next(in) instanceof Map<?, ?> map) {
      return map;
    }
    throw new Refused(Refusal.MALFORMED);
  }

  private Object value(int depth) {
    Refused.unless(depth <= MAX_DEPTH && ++values <= MAX_VALUES, Refusal.MALFORMED);
    int head = in.get() & 0xff;
    int info = head & 0x1f;
    switch (head >> 5) {
      case 0:
        return argument(info);
      case 1:
        return -1 - argument(info);
      case 2:
        return bytes(length(info));
      case 3:
        return text(bytes(length(info)));
      case 4:
        return array(length(info), depth);
      case 5:
        return map(length(info), depth);
      case 7:
        return simple(info);
      default: // a tag
        throw new Refused(Refusal.MALFORMED);
    }
  }

  /** RFC 8949 §3: the number itself, or in the one, two, four or eight bytes that follow. */
  private long argument(int info) {
    if (info < 24) {
      return info;
    }
    switch (info) {
      case 24:
        return in.get() & 0xff;
      case 25:
        return in.getShort() & 0xffff;
      case 26:
        return in.getInt() & 0xffff_ffffL;
      case 27:
        BigInteger large = new BigInteger(1, bytes(Long.BYTES));
        Refused.unless(large.compareTo(LARGEST) <= 0, Refusal.MALFORMED);
        return large.longValue();
      default: // reserved, or an indefinite length
        throw new Refused(Refusal.MALFORMED);
    }
  }

  /** No value takes less than a byte, so no length is larger than what is left. */
  private int length(int info) {
    long length = argument(info);
    Refused.unless(length <= in.remaining(), Refusal.MALFORMED);
    return (int) length;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(Refusal.MALFORMED);
    }
  }

  private List<Object> array(int length, int depth) {
    List<Object> array = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      array.add(value(depth + 1));
    }
    return array;
  }

  private Map<Object, Object> map(int length, int depth) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < length; i++) {
      Object key = value(depth + 1);
      // Other kinds of key do not occur, and two equal byte arrays would count as different.
      Refused.unless(key instanceof Long || key instanceof String, Refusal.MALFORMED);
      Refused.unless(!map.containsKey(key), Refusal.MALFORMED);
      map.put(key, value(depth + 1));
    }
    return map;
  }

  private static Boolean simple(int info) {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
        return null;
      default: // numbers with a fraction, and undefined
        throw new Refused(Refusal.MALFORMED);
    }
  }
}
