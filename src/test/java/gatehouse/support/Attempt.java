package gatehouse.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * An authorization request that a client is about to make (RFC 6749 §4.1.1, RFC 7636 §4.3),
 * complete and correct until a test changes it.
 */
public final class Attempt {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String endpoint;
  private final String verifier = random();
  private final Parameters parameters;

  Attempt(String endpoint, String clientId, String redirectUri, String resource) {
    this.endpoint = endpoint;
    this.parameters = Parameters.of(
        "response_type", "code",
        "client_id", clientId,
        "redirect_uri", redirectUri,
        "state", random(),
        "code_challenge", challenge(verifier),
        "code_challenge_method", "S256",
        "resource", resource);
  }

  /** Asks for these scopes; none leaves the parameter out. */
  public Attempt scope(String... scopes) {
    return scopes.length == 0 ? without("scope") : with("scope", String.join(" ", scopes));
  }

  /** Sets a parameter. */
  public Attempt with(String name, String value) {
    parameters.set(name, value);
    return this;
  }

  /** Adds a parameter, though there may be one of that name. */
  public Attempt plus(String name, String value) {
    parameters.add(name, value);
    return this;
  }

  /** Leaves a parameter out. */
  public Attempt without(String name) {
    parameters.remove(name);
    return this;
  }

  public String get(String name) {
    return parameters.get(name);
  }

  public Parameters parameters() {
    return parameters;
  }

  /** The secret behind the challenge, for the token request. */
  public String verifier() {
    return verifier;
  }

  /** The address that the client opens in the browser. */
  public String url() {
    return endpoint + "?" + parameters.encoded();
  }

  /** Opens it. */
  public Page in(Browser browser) {
    return browser.open(url());
  }

  /** Opens it and does what the pages ask for: signs in, allows everything that is asked. */
  public Page allowedBy(Person person, Browser browser) {
    Page page = in(browser);
    page = page.asksToSignIn() ? page.signIn(person) : page;
    return page.asksForConsent() ? page.allow() : page;
  }

  /** RFC 7636 §4.2, S256. */
  public static String challenge(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256")
          .digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
