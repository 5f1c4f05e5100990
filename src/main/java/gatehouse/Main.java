package gatehouse;

import gatehouse.http.Tls;
import java.io.PrintStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Logger;

/**
 * The command line's beginning: reads the settings, starts a {@link Gatehouse}, says where it is.
 * It does nothing that {@link GatehouseBuilder} could not.
 */
public final class Main {
  /** What shells and service managers take for "wrong usage". */
  private static final int USAGE = 2;

  /**
   * The names of months in English alone, for the dates in headers and logs. By default the JDK
   * reads the tables of the system's language for them, which is a tenth of the start.
   */
  private static final String LOCALES = "SPI";

  private Main() {
  }

  /** Starts the server, and stops it when the process is asked to end. */
  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    if (given.contains("--help")) {
      System.out.print(Options.help());
      return;
    }
    if (given.contains("--version")) {
      System.out.println("gatehouse " + version());
      return;
    }
    if (System.getProperty("java.locale.providers") == null) {
      System.setProperty("java.locale.providers", LOCALES);
    }
    try {
      Gatehouse.Builder builder = Options.parse(arguments, System.getenv());
      LogLines.installUnlessConfigured(builder.logLevel, builder.logJson);
      Gatehouse gatehouse = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gatehouse), "gatehouse-stop"));
      announce(gatehouse, builder, System.out);
    } catch (RuntimeException e) {
      System.err.println("gatehouse: " + e.getMessage());
      System.exit(USAGE);
    }
  }

  /** Ends with 0: to stop when asked to is no failure, whatever the signal says. */
  private static void stop(Gatehouse gatehouse) {
    gatehouse.close();
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.flush();
    }
    Runtime.getRuntime().halt(0);
  }

  /** The version in the jar's manifest. */
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static void announce(Gatehouse gatehouse, Gatehouse.Builder builder, PrintStream out) {
    out.println("Gatehouse " + version() + " is running.");
    out.println();
    if (builder.issuesTokens()) {
      out.println("  Issuer    " + gatehouse.issuer());
    }
    builder.authorizationServers.forEach(server -> out.println("  Tokens    of " + server));
    out.println("  MCP URL   " + gatehouse.mcpUrl());
    if (builder.selfSigned) {
      out.println("  HTTPS     with a certificate of its own"
          + (builder.data == null ? ", for this run only" : "") + "; SHA-256 fingerprint");
      out.println("            " + Tls.fingerprint(gatehouse.certificate()));
    }
    if (builder.open) {
      out.println("  OPEN      the MCP endpoint asks for no token: whoever reaches it may use it");
    }
    if (builder.demoUsers) {
      out.println("  Users     alice / wonderland, bob / builder (demo, on this computer only)");
    }
    out.println("  State     " + (builder.data == null
        ? "in memory: registrations and tokens end with this process"
        : builder.data.startsWith("jdbc:") ? "in a PostgreSQL database" : "in " + builder.data));
    out.println();
    ClientSetup.commands(gatehouse.mcpUrl()).forEach(setup ->
        out.println("  " + setup.client() + "\n    " + setup.text()));
    out.println();
    out.println("Stop with Ctrl-C.");
    out.flush();
  }
}
