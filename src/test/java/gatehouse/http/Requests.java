package gatehouse.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests for tests of handlers: a method, a target, and headers as name, value, name, value. */
public final class Requests {
  private Requests() {
  }

  public static Request get(String target, String... headers) {
    return request("GET", target, "", headers);
  }

  public static Request post(String target, String form, String... headers) {
    Map<String, List<String>> all = headers(headers);
    all.put("Content-Type", List.of("application/x-www-form-urlencoded"));
    return request("POST", target, form, all);
  }

  private static Request request(String method, String target, String body, String... headers) {
    return request(method, target, body, headers(headers));
  }

  private static Request request(
      String method, String target, String body, Map<String, List<String>> headers) {
    int mark = target.indexOf('?');
    return new Request(method, mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1), headers,
        body.getBytes(StandardCharsets.UTF_8), "127.0.0.1");
  }

  private static Map<String, List<String>> headers(String... namesAndValues) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.merge(namesAndValues[i], List.of(namesAndValues[i + 1]),
          (old, more) -> List.of(old.get(0), more.get(0)));
    }
    return headers;
  }
}
