package gatehouse;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.http.Proxies;
import gatehouse.json.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The command line: one table from which the parser, {@code --help} and the README's section come.
 *
 * <p>Each flag is also a variable of the environment ({@code --public-url} is {@code
 * GATEHOUSE_PUBLIC_URL}) and a key of the configuration file ({@code "public-url"}). The command
 * line goes before the environment, and that before the file.
 */
final class Options {
  /** A configuration with a few thousand users is smaller than this. */
  private static final long MAX_CONFIG_BYTES = 4 << 20;

  private static final String PASSPHRASE = "GATEHOUSE_PASSPHRASE";
  private static final String TLS_PASSWORD = "GATEHOUSE_TLS_PASSWORD";
  private static final String TLS_PASSWORD_FILE = "GATEHOUSE_TLS_PASSWORD_FILE";

  private static final List<Flag> TABLE = List.of(
      new Flag("port", "PORT", "8080", "port to listen on; 0 picks a free one and prints it"),
      new Flag("host", "ADDRESS", "127.0.0.1",
          "address to bind; one that others reach needs --public-url"),
      new Flag("public-url", "URL", "http://localhost:PORT",
          "the address clients use, taken verbatim as issuer"),
      new Flag("config", "FILE", "none", "JSON with these settings, users, clients, scopes, "
          + "lifetimes"),
      new Flag("user", "NAME:PASSWORD", "the demo users", "somebody who can sign in; repeatable"),
      new Flag("data", "PLACE", "memory", "where state is kept: a directory, or a PostgreSQL "
          + "database (jdbc:postgresql://...)"),
      new Flag("driver", "FILE", "class path", "the jar of the PostgreSQL JDBC driver"),
      new Flag("templates", "DIR", "in the jar",
          "pages and texts that replace the bundled ones, one by one"),
      new Flag("tls", "WHAT", "off", "speak https: self-signed, or a PKCS#12 file with the "
          + "certificate"),
      new Flag("trust-proxy", "CIDR", "none", "proxies whose X-Forwarded-For or Forwarded counts; "
          + "repeatable"),
      new Flag("log-level", "LEVEL", "info", "error, warning, info or debug"),
      new Flag("log-format", "FORMAT", "text", "text or json"),
      new Flag("dev-cimd", null, "off", "client id metadata documents on http and private "
          + "addresses: laptops, tests"),
      new Flag("open", null, "off", "serve the MCP endpoint without tokens, to everybody"));

  private final Gatehouse.Builder builder = Gatehouse.builder();
  private final ConfigFile file = new ConfigFile(builder);
  private final List<String> proxies = new ArrayList<>();
  private boolean hasUsers;

  private Options() {
  }

  /**
   * Reads the settings.
   *
   * @return a builder, with the account server as its tools
   * @throws IllegalArgumentException with one sentence for the operator
   */
  static Gatehouse.Builder parse(String[] arguments, Map<String, String> environment) {
    Options options = new Options();
    List<String[]> given = given(arguments);
    Set<String> settled = new LinkedHashSet<>();
    for (String[] pair : given) {
      settled.add(pair[0]);
    }
    for (Flag flag : TABLE) {
      String value = environment.get(flag.variable());
      if (value != null && !value.isEmpty() && settled.add(flag.name())) {
        given.add(new String[] {flag.name(), value});
      }
    }
    for (String[] pair : List.copyOf(given)) {
      if (pair[0].equals("config")) {
        options.file(Path.of(pair[1]), settled);
        options.builder.configFile = Path.of(pair[1]);
        options.builder.again = () -> parse(arguments, environment);
      }
    }
    for (String[] pair : given) {
      options.set(pair[0], pair[1]);
    }
    // No flag: the list of processes shows those to everybody.
    options.builder.passphrase(environment.get(PASSPHRASE));
    options.builder.tlsPassword = () -> tlsPassword(environment);
    boolean ownUsers = options.hasUsers || options.file.hasUsers()
        || !options.builder.issuesTokens();
    return (ownUsers ? options.builder.demoTools() : options.builder.demo())
        .mcp(server -> server.toolScopes(options.file.toolScopes()));
  }

  /** What {@code --help} prints. */
  static String help() {
    return Usage.help(TABLE);
  }

  /** The same as a table for the README. */
  static String markdown() {
    return Usage.markdown(TABLE);
  }

  /** Flags with their values, in both forms: {@code --port 1} and {@code --port=1}. */
  private static List<String[]> given(String[] arguments) {
    List<String[]> given = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      Flag flag = name.startsWith("--") ? find(name.substring(2)) : null;
      if (flag == null) {
        throw new IllegalArgumentException(
            "unknown argument " + name + "; " + Usage.suggestion(TABLE, name) + "see --help");
      }
      String value = equals >= 0 ? argument.substring(equals + 1)
          : flag.placeholder() == null ? "true"
          : i + 1 < arguments.length ? arguments[++i] : null;
      if (value == null || value.isEmpty()) {
        throw new IllegalArgumentException(name + " needs a value: " + flag.syntax());
      }
      given.add(new String[] {flag.name(), value});
    }
    return given;
  }

  private static Flag find(String name) {
    for (Flag flag : TABLE) {
      if (flag.name().equals(name)) {
        return flag;
      }
    }
    return null;
  }

  /** Every flag of the table. A switch: a function for each would be linked at every start. */
  private void set(String name, String value) {
    switch (name) {
      case "port" -> builder.port(port(value));
      case "host" -> builder.host(value);
      case "public-url" -> builder.publicUrl(value);
      case "config" -> { } // read before
      case "user" -> user(value);
      case "data" -> builder.data(value);
      case "driver" -> builder.driver(Path.of(value));
      case "templates" -> builder.templates(Path.of(value));
      case "tls" -> tls(value);
      case "trust-proxy" -> trustProxy(value);
      case "log-level" -> builder.logLevel = level(value);
      case "log-format" -> builder.logJson = json(value);
      case "dev-cimd" -> developDocuments(value);
      case "open" -> open(value);
      default -> throw new IllegalStateException("nothing is done with --" + name);
    }
  }

  /** The file: flags by their names, and what is too long for a command line. */
  private void file(Path path, Set<String> settled) {
    Fields config;
    try {
      if (Files.size(path) > MAX_CONFIG_BYTES) {
        throw new IllegalArgumentException("--config " + path + " is too large");
      }
      config = Fields.readObject(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new IllegalArgumentException("--config " + path + " cannot be read");
    } catch (Fields.Malformed e) {
      throw new IllegalArgumentException("--config " + path + ": " + e.getMessage());
    }
    try {
      for (JsonObject.Member member : config.json()) {
        section(config, member.getName(), member.getValue(), settled);
      }
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("--config " + path + ": " + e.getMessage());
    }
  }

  private void section(Fields config, String name, JsonValue value, Set<String> settled) {
    Flag flag = find(name);
    if (flag == null) {
      file.read(config, name);
    } else if (name.equals("config") || name.equals("user")) {
      throw new IllegalArgumentException("'" + name + "' is for the command line");
    } else if (!settled.contains(name)) {
      set(name, value.isString() ? value.asString() : value.toString());
    }
  }

  private void user(String nameAndPassword) {
    int colon = nameAndPassword.indexOf(':');
    if (colon < 1 || colon == nameAndPassword.length() - 1) {
      throw new IllegalArgumentException("--user must be NAME:PASSWORD");
    }
    builder.user(nameAndPassword.substring(0, colon), nameAndPassword.substring(colon + 1));
    hasUsers = true;
  }

  private void tls(String what) {
    builder.selfSigned = what.equals("self-signed");
    builder.tlsFile = builder.selfSigned || what.equals("off") ? null : Path.of(what);
  }

  private void trustProxy(String networks) {
    for (String network : networks.split(",")) {
      proxies.add(network.trim());
    }
    builder.proxies = new Proxies(proxies);
  }

  /** Asked for at every reading of the certificate, which may have come with a new one. */
  private static String tlsPassword(Map<String, String> environment) {
    String file = environment.get(TLS_PASSWORD_FILE);
    if (file == null) {
      return environment.get(TLS_PASSWORD);
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(TLS_PASSWORD_FILE + " " + file + " cannot be read");
    }
  }

  private static System.Logger.Level level(String text) {
    return switch (text) {
      case "error" -> System.Logger.Level.ERROR;
      case "warning" -> System.Logger.Level.WARNING;
      case "info" -> System.Logger.Level.INFO;
      case "debug" -> System.Logger.Level.DEBUG;
      default -> throw new IllegalArgumentException(
          "--log-level is error, warning, info or debug");
    };
  }

  private static boolean json(String text) {
    if (!text.equals("text") && !text.equals("json")) {
      throw new IllegalArgumentException("--log-format is text or json");
    }
    return text.equals("json");
  }

  private void developDocuments(String value) {
    builder.documentTrust(builder.documentTrust.development(yes("dev-cimd", value)));
  }

  private void open(String value) {
    if (yes("open", value)) {
      builder.open();
    }
  }

  private static boolean yes(String flag, String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException("--" + flag + " is true or false");
    }
    return value.equals("true");
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same sentence.
    }
    throw new IllegalArgumentException("--port must be a number from 0 to 65535");
  }
}
