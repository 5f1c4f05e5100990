package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP answer, read to its end. What is absent is null; what has to be there is asserted. */
public record Answer(int status, HttpHeaders headers, String body) {
  private static final Pattern AUTH_PARAM = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  /** The value of a header, or null. */
  public String header(String name) {
    return headers.firstValue(name).orElse(null);
  }

  /** Asserts the status, and shows the body if it is another one. */
  public Answer expect(int wanted) {
    assertEquals(wanted, status, () -> headers.map() + "\n" + body);
    return this;
  }

  /** The body as JSON; of an event stream, the message of its last event. */
  public JsonObject json() {
    String type = header("Content-Type");
    assertNotNull(type, () -> "an answer without a media type: " + status + " " + body);
    String text = body;
    if (type.startsWith("text/event-stream")) {
      text = body.substring(body.lastIndexOf("data:") + 5);
      text = text.substring(0, text.indexOf('\n'));
    }
    return Json.parse(text).asObject();
  }

  /** A string in the JSON body, or null. */
  public String text(String name) {
    return json().getString(name, null);
  }

  /** The result of a JSON-RPC answer, which must be one. */
  public JsonObject result() {
    expect(200);
    assertNotNull(json().get("result"), body);
    return json().get("result").asObject();
  }

  /** What a tool answered, in the form that programs read. */
  public JsonObject structured() {
    assertEquals(false, result().getBoolean("isError", false), body);
    assertNotNull(result().get("structuredContent"), body);
    return result().get("structuredContent").asObject();
  }

  /** The error of a JSON-RPC answer, which must be one. */
  public JsonObject error() {
    assertNotNull(json().get("error"), body);
    return json().get("error").asObject();
  }

  /** The parameters of the Bearer challenge (RFC 6750 §3), which must be there. */
  public Map<String, String> challenge() {
    String header = header("WWW-Authenticate");
    assertNotNull(header, () -> "an answer without a challenge: " + status + " " + body);
    assertEquals("Bearer ", header.substring(0, 7));
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher matcher = AUTH_PARAM.matcher(header);
    while (matcher.find()) {
      parameters.put(matcher.group(1), matcher.group(2));
    }
    return parameters;
  }
}
