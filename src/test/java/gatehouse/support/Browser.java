package gatehouse.support;

import gatehouse.http.Urls;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A person's browser: it keeps cookies, follows redirects within the origin it was opened on, and
 * stops at one that leads elsewhere. Cookies belong to a host, whatever the port (RFC 6265 §8.5).
 */
public final class Browser {
  private static final int MAX_REDIRECTS = 10;

  private final Map<String, Map<String, String>> cookies = new HashMap<>();
  private final String languages;

  /** A browser that does not say which language its person reads. */
  public Browser() {
    this(null);
  }

  /** A browser whose person reads these, as {@code Accept-Language} says it. */
  public Browser(String languages) {
    this.languages = languages;
  }

  /** Types an address, or follows a link. */
  public Page open(String url) {
    return follow(url, send("GET", url, null));
  }

  /** Sends a form. */
  public Page post(String url, Parameters form) {
    return follow(url, send("POST", url, form));
  }

  /** The cookies for a host, which may be changed. */
  public Map<String, String> cookies(String host) {
    return cookies.computeIfAbsent(host, key -> new LinkedHashMap<>());
  }

  private Page follow(String start, Answer first) {
    String url = start;
    Answer answer = first;
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      String location = answer.header("Location");
      if (answer.status() / 100 != 3 || location == null) {
        return new Page(this, url, answer, null);
      }
      URI target = URI.create(url).resolve(location);
      if (target.getHost() == null
          || !Urls.origin(target).equals(Urls.origin(URI.create(url)))) {
        return new Page(this, url, answer, target);
      }
      url = target.toString();
      answer = send("GET", url, null);
    }
    throw new AssertionError("redirects without end, at " + url);
  }

  private Answer send(String method, String url, Parameters form) {
    URI target = URI.create(url);
    List<String> headers = new ArrayList<>(List.of("Accept", "text/html"));
    if (languages != null) {
      headers.addAll(List.of("Accept-Language", languages));
    }
    List<String> pairs = new ArrayList<>();
    cookies(target.getHost()).forEach((name, value) -> pairs.add(name + "=" + value));
    if (!pairs.isEmpty()) {
      headers.addAll(List.of("Cookie", String.join("; ", pairs)));
    }
    if (form != null) {
      headers.addAll(List.of("Origin", Urls.origin(target),
          "Content-Type", "application/x-www-form-urlencoded"));
    }
    Answer answer = Http.send(method, url, form == null ? null : form.encoded(),
        headers.toArray(String[]::new));
    answer.headers().allValues("Set-Cookie").forEach(line -> store(target.getHost(), line));
    return answer;
  }

  private void store(String host, String line) {
    String[] parts = line.split(";\\s*");
    int equals = parts[0].indexOf('=');
    String name = parts[0].substring(0, equals);
    if (List.of(parts).contains("Max-Age=0")) {
      cookies(host).remove(name);
    } else {
      cookies(host).put(name, parts[0].substring(equals + 1));
    }
  }
}
