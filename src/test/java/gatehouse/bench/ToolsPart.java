package gatehouse.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guarded tool calls per second of the server's processor time, at 1, 16 and 64 connections:
 * Gatehouse, a bare {@code HttpServer} that answers with the same bytes, and the MCP Java SDK on
 * Tomcat with Nimbus. The bare one answers on the dispatcher's thread, which no server whose
 * handlers can be slow may do; what a pool of four costs is measured beside it.
 */
final class ToolsPart {
  private static final int[] CONNECTIONS = {1, 16, 64};

  private ToolsPart() {
  }

  private record Server(ServerProcess process, Scenario scenario) {
  }

  static void run(Setup setup, Results results) throws Exception {
    try (Subject subject = Subject.start(setup)) {
      String token = subject.login().access();
      Path answer = setup.folder().resolve("answer.json");
      Files.write(answer, subject.toolAnswer(token));
      try (ServerProcess bare = bare(setup, answer, 0);
          ServerProcess pool = bare(setup, answer, 4);
          ServerProcess sdk = ServerProcess.start(setup.pinnedTo(0), port -> setup.java(
              SdkServer.class, List.of(), "" + port, subject.server().url()))) {
        Map<String, Server> servers = new LinkedHashMap<>();
        servers.put("bare", new Server(bare, Subject.toolCall(token)));
        servers.put("pool", new Server(pool, Subject.toolCall(token)));
        servers.put("gatehouse", new Server(subject.server(), Subject.toolCall(token)));
        servers.put("sdk", new Server(sdk, Subject.toolCallOfPeer(token)));
        for (Server server : servers.values()) {
          Load.warm(server.process, setup, () -> server.scenario);
        }
        for (int round = 0; round < setup.rounds(); round++) {
          for (int connections : CONNECTIONS) {
            for (var server : servers.entrySet()) {
              Load load = Load.on(server.getValue().process, setup, server.getValue().scenario,
                  connections, setup.seconds());
              String name = "tools." + server.getKey() + "." + connections;
              results.add(name + ".rate", load.rate());
              results.add(name + ".p99", load.p99Millis());
            }
          }
          for (String name : List.of("bare", "gatehouse")) {
            Server server = servers.get(name);
            server.process.allCores(true);
            results.add("tools." + name + ".all-cores", Load.on(
                server.process, setup, server.scenario, 64, setup.seconds()).rate());
            server.process.allCores(false);
          }
        }
      }
    }
    results.print("tools");
    for (String name : List.of("bare", "gatehouse")) {
      results.ratio("tools: " + name + " on all cores / on one, per processor second",
          "tools." + name + ".all-cores", "tools." + name + ".64.rate", "at least", 0.7);
    }
    for (int connections : CONNECTIONS) {
      String of = " at " + connections;
      results.ratio("tools: gatehouse / bare" + of, "tools.gatehouse." + connections + ".rate",
          "tools.bare." + connections + ".rate", "at least", 0.55);
      results.ratio("tools: gatehouse / bare with a pool of 4" + of,
          "tools.gatehouse." + connections + ".rate", "tools.pool." + connections + ".rate",
          "at least", 0.55);
      results.ratio("tools: p99 gatehouse / bare" + of, "tools.gatehouse." + connections + ".p99",
          "tools.bare." + connections + ".p99", "at most", 2);
      results.ratio("tools: gatehouse / SDK on Tomcat" + of,
          "tools.gatehouse." + connections + ".rate", "tools.sdk." + connections + ".rate",
          "at least", 2.2);
    }
  }

  private static ServerProcess bare(Setup setup, Path answer, int threads) throws Exception {
    return ServerProcess.start(setup.pinnedTo(0), port -> setup.java(BareServer.class, List.of(),
        "" + port, answer.toString(), "" + threads));
  }
}
