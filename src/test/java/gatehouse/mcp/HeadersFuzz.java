package gatehouse.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.guard.BearerGuard;
import gatehouse.guard.Challenge;
import gatehouse.guard.TokenVerifier;
import gatehouse.http.Audit;
import gatehouse.http.Cookie;
import gatehouse.http.Hosts;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** One text as the value of every header that is taken apart; Accept against Spring's reading. */
public final class HeadersFuzz {
  private static final Hosts HOSTS =
      new Hosts(URI.create("https://gatehouse.example"), Set.of("https://app.example"));
  private static final Cookie COOKIE = Cookie.of("session", "https://gatehouse.example");

  /** RFC 9110 §12.5.1, with a weight and without other parameters. */
  private static final String RANGE =
      "(\\*/\\*|[a-z]+/\\*|[a-z]+/[a-z.+-]+)(\\s*;\\s*q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?))?";

  private HeadersFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    // As they come from the server: without line ends, a byte a character.
    String text = new String(data, StandardCharsets.ISO_8859_1).replaceAll("[\\r\\n\\x00]", "");
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : List.of("Accept", "Cookie", "Host", "Origin", "Authorization",
        "Content-Type", "Mcp-Name")) {
      headers.put(name, List.of(text));
    }
    Request request = new Request("POST", "/mcp", null, headers, new byte[0], "127.0.0.1");
    cookie(request, text);
    hosts(request, text);
    accept(text);
    name(request, text);
    token(request, text);
    request.hasMediaType("application/json");
    request.wantsPage();
  }

  private static void cookie(Request request, String text) {
    String value = COOKIE.read(request);
    // Control characters around a name are passed over like spaces.
    assertEquals(value != null,
        text.matches("(?s)(.*;)?[\\x01-\\x20]*__Host-session[\\x01-\\x20]*=.*"), text);
    if (value != null) {
      assertTrue(value.indexOf(';') < 0 && text.contains(value));
    }
  }

  private static void hosts(Request request, String text) {
    if (HOSTS.allowsHost(request)) {
      assertTrue(text.matches(
          "(?is)(gatehouse\\.example|localhost|127\\.0\\.0\\.1|\\[::1])(:.*)?"), text);
    }
    if (HOSTS.allowsOrigin(request)) {
      String host = URI.create(text).getHost();
      assertTrue(Set.of("localhost", "127.0.0.1", "[::1]", "gatehouse.example", "app.example")
          .contains(host.toLowerCase(java.util.Locale.ROOT)), text);
    }
  }

  private static void accept(String text) {
    boolean json = Accepts.of(List.of(text)).json();
    if (!text.matches("(" + RANGE + "\\s*,\\s*)*" + RANGE)) {
      return; // how to read a broken list is nobody's law
    }
    List<MediaType> ranges;
    try {
      ranges = MediaType.parseMediaTypes(text);
    } catch (InvalidMediaTypeException e) {
      return;
    }
    int best = 0;
    boolean permitted = false;
    for (MediaType range : ranges) {
      if (range.getParameters().keySet().stream().anyMatch(name -> !name.equals("q"))) {
        return;
      }
      int precision = !range.includes(MediaType.APPLICATION_JSON) ? 0
          : range.isWildcardType() ? 1 : range.isWildcardSubtype() ? 2 : 3;
      if (precision > 0 && precision == best && permitted != range.getQualityValue() > 0) {
        return; // says both
      }
      if (precision > best) {
        best = precision;
        permitted = range.getQualityValue() > 0;
      }
    }
    assertEquals(permitted, json, text);
  }

  private static void name(Request request, String text) {
    RequestHeaders headers = new RequestHeaders(request);
    try {
      String name = headers.decoded("Mcp-Name");
      String plain = headers.value("Mcp-Name");
      String encoded = "=?base64?"
          + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8)) + "?=";
      assertTrue(name.equals(plain) || encoded.equals(plain), "two spellings of one name");
    } catch (JsonRpcError e) {
      assertTrue(!text.isEmpty());
    }
  }

  private static void token(Request request, String text) {
    BearerGuard guard = new BearerGuard(token -> {
      assertTrue(token.matches("[A-Za-z0-9._~+/-]+=*"), token);
      throw new TokenVerifier.InvalidToken("no");
    }, new Challenge("https://gatehouse.example/metadata", Set.of()), (any, access) -> null,
        Audit.NONE);
    Response answer = guard.handle(request);
    assertTrue(answer.status() == 401 || answer.status() == 400);
    assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer "));
  }
}
