package gatehouse.support;

import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests as a client sends them: no cookies, no redirects followed, nothing interpreted. Headers
 * are given as name, value, name, value.
 */
public final class Http {
  private static final Trust TRUST = new Trust();
  private static final HttpClient CLIENT = HttpClient.newBuilder()
      .sslContext(TRUST.context())
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(5))
      .build();

  private Http() {
  }

  /** Trusts a server's certificate, for the names that are in it. */
  public static void trust(X509Certificate certificate) {
    TRUST.add(certificate);
  }

  public static Answer get(String url, String... headers) {
    return send("GET", url, null, headers);
  }

  public static Answer postForm(String url, Parameters form, String... headers) {
    return send("POST", url, form.encoded(),
        with("Content-Type", "application/x-www-form-urlencoded", headers));
  }

  public static Answer postJson(String url, JsonValue json, String... headers) {
    return send("POST", url, json.toString(), with("Content-Type", "application/json", headers));
  }

  /** Any request; a body of null is none. */
  public static Answer send(String method, String url, String body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(30))
        .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    Secrecy.learnFrom(body, headers);
    try {
      HttpResponse<String> response = CLIENT.send(
          request.build(), HttpResponse.BodyHandlers.ofString());
      Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
      Secrecy.learnFrom(answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The headers, with this one in front unless they say it themselves. */
  static String[] with(String name, String value, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase(name)) {
        return headers;
      }
    }
    List<String> all = new ArrayList<>(List.of(name, value));
    all.addAll(List.of(headers));
    return all.toArray(String[]::new);
  }
}
