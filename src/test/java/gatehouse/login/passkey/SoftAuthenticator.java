package gatehouse.login.passkey;

import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.http.Form;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A browser and an authenticator in software, with one passkey. Every field may be set, so that it
 * can do wrong whatever a test wants to see refused.
 */
public final class SoftAuthenticator {
  static final int UP = 0x01;
  static final int UV = 0x04;
  static final int BE = 0x08;
  static final int BS = 0x10;
  static final int AT = 0x40;
  static final int ED = 0x80;

  String origin = "https://gate.example";
  String rpId = "gate.example";
  byte[] id = Secrets.random(32);
  int flags = UP | UV;
  long counter;
  String userHandle;
  String type;
  boolean crossOrigin;
  int cutAt = Integer.MAX_VALUE;
  String clientDataMore = "";
  String fmt = "none";
  Map<String, Object> attStmt = Map.of();
  byte[] extensions = {};
  final KeyPair keys;
  private final String algorithm;

  private SoftAuthenticator(KeyPair keys, String algorithm) {
    this.keys = keys;
    this.algorithm = algorithm;
  }

  public static SoftAuthenticator es256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new SoftAuthenticator(generator.generateKeyPair(), "SHA256withECDSA");
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public static SoftAuthenticator rs256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new SoftAuthenticator(generator.generateKeyPair(), "SHA256withRSA");
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The page it is used on. */
  public SoftAuthenticator at(String pageOrigin, String host) {
    origin = pageOrigin;
    rpId = host;
    return this;
  }

  /** Who it says it is. */
  public void belongsTo(String handle) {
    userHandle = handle;
  }

  /** The fields that passkey.js adds to the form when a passkey is made. */
  public Map<String, String> create(String challenge) {
    byte[] client = clientData(type == null ? "webauthn.create" : type, challenge);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("fmt", fmt);
    object.put("attStmt", attStmt);
    object.put("authData", authenticatorData(flags | AT));
    return new HashMap<>(Map.of(
        "id", Encoding.base64url(id),
        "clientDataJSON", Encoding.base64url(client),
        "attestationObject", Encoding.base64url(CborWriter.write(object))));
  }

  /** The fields that passkey.js adds to the form when a passkey is used. */
  public Map<String, String> get(String challenge) {
    byte[] client = clientData(type == null ? "webauthn.get" : type, challenge);
    byte[] all = authenticatorData(flags);
    byte[] data = Arrays.copyOf(all, Math.min(cutAt, all.length));
    Map<String, String> fields = new HashMap<>(Map.of(
        "id", Encoding.base64url(id),
        "clientDataJSON", Encoding.base64url(client),
        "authenticatorData", Encoding.base64url(data),
        "signature", Encoding.base64url(
            sign(keys.getPrivate(), algorithm, data, Secrets.sha256(client)))));
    if (userHandle != null) {
      fields.put("userHandle", userHandle);
    }
    return fields;
  }

  static Form form(Map<String, String> fields) {
    return Form.of(fields);
  }

  private byte[] clientData(String ceremony, String challenge) {
    return ("{\"type\":\"" + ceremony + "\",\"challenge\":\"" + challenge + "\",\"origin\":\""
        + origin + "\",\"crossOrigin\":" + crossOrigin + clientDataMore + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  byte[] authenticatorData(int withFlags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Secrets.sha256(rpId.getBytes(StandardCharsets.UTF_8)));
    out.write(withFlags);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) counter).array());
    if ((withFlags & AT) != 0) {
      out.writeBytes(new byte[16]);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) id.length).array());
      out.writeBytes(id);
      out.writeBytes(CborWriter.write(cose(keys.getPublic())));
    }
    out.writeBytes(extensions);
    return out.toByteArray();
  }

  static Map<Object, Object> cose(PublicKey key) {
    Map<Object, Object> cose = new LinkedHashMap<>();
    if (key instanceof ECPublicKey ec) {
      cose.put(1, 2);
      cose.put(3, -7);
      cose.put(-1, 1);
      cose.put(-2, unsigned(ec.getW().getAffineX(), 32));
      cose.put(-3, unsigned(ec.getW().getAffineY(), 32));
    } else if (key instanceof RSAPublicKey rsa) {
      cose.put(1, 3);
      cose.put(3, -257);
      cose.put(-1, unsigned(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8));
      cose.put(-2, unsigned(rsa.getPublicExponent(), 3));
    }
    return cose;
  }

  static byte[] unsigned(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] out = new byte[length];
    int skip = Math.max(0, bytes.length - length);
    System.arraycopy(bytes, skip, out, length - (bytes.length - skip), bytes.length - skip);
    return out;
  }

  static byte[] sign(PrivateKey key, String algorithm, byte[]... parts) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      for (byte[] part : parts) {
        signature.update(part);
      }
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
