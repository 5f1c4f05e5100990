package gatehouse.junit;

import gatehouse.http.Request;
import gatehouse.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that a {@link TestGatehouse} got, what it answered, and why. Every secret in it is a
 * mark like {@code <#3fa9>}, the same for the same secret.
 *
 * @param number counts up from 1 for each server, in the order of the answers
 * @param at by the server's clock
 * @param method of HTTP
 * @param path under the issuer, such as {@code /token}
 * @param query the parameters in readable form; empty if there are none
 * @param headers of the request, by lower-case name
 * @param body of the request in readable form; of a kind unknown here, only its length
 * @param status of the answer; 0 if the connection was dropped instead
 * @param answerHeaders by lower-case name, without those that every answer has
 * @param answer the body of the answer if it is JSON, else what kind it is of
 * @param decision in words, what was decided and for which reason
 */
public record RecordedRequest(int number, Instant at, String method, String path, String query,
    Map<String, List<String>> headers, String body, int status,
    Map<String, List<String>> answerHeaders, String answer, String decision) {

  /** The mark that stands for a dropped connection in a column of status codes. */
  private static final String DROPPED = "---";

  static RecordedRequest of(
      int number, Instant at, String path, Request request, Response answer, String decision) {
    return new RecordedRequest(number, at, request.method(), path,
        request.rawQuery() == null ? "" : Blanked.parameters(request.rawQuery()),
        headers(request.headers()), body(request), answer.status(), answerHeaders(answer),
        answer(answer), decision);
  }

  /** A parameter of the query or the form, or null; the mark if it is a secret. */
  public String parameter(String name) {
    for (String text : List.of(query, body)) {
      for (String pair : text.split("&")) {
        if (pair.startsWith(name + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
    }
    return null;
  }

  /** The first value of a header of the request, or null; the mark if it is a secret. */
  public String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? null : values.get(0);
  }

  /** One line of a transcript. */
  @Override
  public String toString() {
    String parameters = query.isEmpty() || body.isEmpty() ? query + body : query + " " + body;
    return String.format("%3d  %s  %-6s %s%s%n           %s", number,
        status == 0 ? DROPPED : "" + status, method, path,
        parameters.isEmpty() ? "" : "  " + parameters, decision);
  }

  private static String body(Request request) {
    if (request.body().length == 0) {
      return "";
    }
    if (request.hasMediaType("application/x-www-form-urlencoded")) {
      return Blanked.parameters(new String(request.body(),
          StandardCharsets.UTF_8));
    }
    return request.hasMediaType("application/json") ? Blanked.json(request.body())
        : "(" + request.body().length + " bytes)";
  }

  private static String answer(Response answer) {
    if (Altered.isJson(answer)) {
      return Blanked.json(answer.body());
    }
    String type = answer.header("Content-Type");
    return type == null ? "" : "(" + type + ")";
  }

  private static Map<String, List<String>> headers(Map<String, List<String>> headers) {
    Map<String, List<String>> blanked = new TreeMap<>();
    headers.forEach((name, values) -> blanked.put(name.toLowerCase(Locale.ROOT),
        values.stream().map(value -> Blanked.header(name, value)).toList()));
    return Collections.unmodifiableMap(blanked);
  }

  private static Map<String, List<String>> answerHeaders(Response answer) {
    Map<String, List<String>> all = new TreeMap<>();
    for (Response.Header header : answer.headers()) {
      all.computeIfAbsent(header.name(), name -> new ArrayList<>(1)).add(header.value());
    }
    return headers(all);
  }
}
