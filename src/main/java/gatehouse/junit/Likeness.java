package gatehouse.junit;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Form;
import gatehouse.http.Handler;
import gatehouse.http.HttpError;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;

/**
 * Other kinds of servers that a client meets, for {@link TestGatehouse#actLike}.
 *
 * <p>Each changes what is advertised and what is answered together, as a server of that kind would:
 * a client that does not believe the metadata finds out as well.
 *
 * <p>They are made of this server with something taken away; nothing is added to it.
 */
public enum Likeness {
  /**
   * Speaks MCP 2025-06-18 and nothing newer: {@code initialize} agrees on that revision, requests
   * of any other are refused, challenges name no scope, and metadata documents of clients are
   * unknown.
   */
  ONLY_2025_06_18 {
    @Override
    Response around(String path, Request request, Handler next) {
      Response answer = path.equals("/mcp") ? mcp(request, next)
          : WITHOUT_CLIENT_DOCUMENTS.around(path, request, next);
      return Altered.withoutScopeInChallenge(answer);
    }
  },

  /** Has no dynamic client registration (RFC 7591): no address for it, and nothing there. */
  WITHOUT_REGISTRATION {
    @Override
    Response around(String path, Request request, Handler next) {
      if (path.equals("/register") || path.startsWith("/register/")) {
        throw new HttpError(404, "There is nothing at this address.");
      }
      return isMetadata(path)
          ? Altered.without(next.handle(request), "registration_endpoint") : next.handle(request);
    }
  },

  /** Takes no client id metadata documents: a URL is an unknown client id like any other. */
  WITHOUT_CLIENT_DOCUMENTS {
    @Override
    Response around(String path, Request request, Handler next) {
      return isMetadata(path)
          ? Altered.without(next.handle(request), "client_id_metadata_document_supported")
          : next.handle(withoutAddressAsClient(request));
    }
  };

  private static final String VERSION_HEADER = "MCP-Protocol-Version";
  private static final String OLD = "2025-06-18";

  /** What servers on the official libraries of that time answer. */
  private static final int UNSUPPORTED = -32000;

  /** A client id that nobody has. */
  private static final String NOBODY = "nobody";

  /**
   * Answers a request the way a server of this kind does.
   *
   * @param path of the request, under the issuer
   */
  abstract Response around(String path, Request request, Handler next);

  private static boolean isMetadata(String path) {
    return path.contains("/.well-known/oauth-authorization-server")
        || path.contains("/.well-known/openid-configuration");
  }

  /** Who has no token is told so first, whatever version they speak. */
  private static Response mcp(Request request, Handler next) {
    String version = request.header(VERSION_HEADER);
    if (request.header("Authorization") == null) {
      return next.handle(request);
    }
    JsonObject message = message(request);
    if (message != null && "initialize".equals(message.getString("method", null))
        && message.get("params") != null && message.get("params").isObject()) {
      JsonObject params = message.get("params").asObject().set("protocolVersion", OLD);
      return next.handle(Altered.request(
          request, request.rawQuery(), message.set("params", params).toString()));
    }
    // It offers no stream, so GET is 405 whatever the version: the official Java client opens one
    // with its own version before it has read what was agreed on.
    if (request.method().equals("POST") && version != null && !version.equals(OLD)) {
      return Response.json(400, new JsonObject().add("jsonrpc", "2.0")
          .add("error", new JsonObject().add("code", UNSUPPORTED).add("message",
              "Bad Request: Unsupported protocol version (supported versions: " + OLD + ")"))
          .add("id", (String) null));
    }
    return next.handle(request);
  }

  private static JsonObject message(Request request) {
    try {
      return Fields.readObject(request.body()).json();
    } catch (Fields.Malformed e) {
      return null; // An array, or no JSON: whoever is next says so.
    }
  }

  private static Request withoutAddressAsClient(Request request) {
    String query = withoutAddress(request.rawQuery());
    if (request.hasMediaType("application/x-www-form-urlencoded")) {
      return Altered.request(request, query,
          withoutAddress(new String(request.body(), StandardCharsets.UTF_8)));
    }
    return query == null ? request : Altered.request(request, query, null);
  }

  private static String withoutAddress(String parameters) {
    if (parameters == null || !parameters.contains("client_id=http")) {
      return parameters;
    }
    return Form.parse(parameters).with("client_id", NOBODY).encoded();
  }
}
