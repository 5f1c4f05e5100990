package gatehouse.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Cold start on one core: milliseconds from the start of the process to the first metadata, the
 * first token and the first guarded tool result; with a fresh key and with one from {@code --data};
 * as {@code java -jar} does it and with the archive of {@code ./build.sh run}. The limit is a bare
 * {@code HttpServer} that answers its first request, without and with an archive of its own.
 */
final class StartPart {
  private static final int ROUNDS = 3;

  private StartPart() {
  }

  static void run(Setup setup, Results results) throws Exception {
    Path data = setup.folder().resolve("data-" + Setup.feature());
    prepare(setup, data);
    Map<String, IntFunction<List<String>>> variants = new LinkedHashMap<>();
    List<String> bareJar = List.of("-jar", Archive.bareJar(setup).toString());
    variants.put("bare", port -> bare(bareJar, port));
    variants.put("fresh", port -> gatehouse(setup, List.of(), port));
    variants.put("kept", port -> gatehouse(setup, List.of(), port, "--data", data.toString()));
    List<String> archive = Archive.flags(setup);
    if (!archive.isEmpty()) {
      List<String> own = Archive.ofBareServer(setup);
      variants.put("bare-archive", port -> bare(own, port));
      variants.put("fresh-archive", port -> gatehouse(setup, archive, port));
      variants.put("kept-archive", port ->
          gatehouse(setup, archive, port, "--data", data.toString()));
    }
    for (int round = 0; round < setup.rounds() * ROUNDS; round++) {
      for (var variant : variants.entrySet()) {
        measure(setup, variant.getKey(), variant.getValue(), results);
      }
    }
    results.print("start");
    results.ratio("start: metadata / bare", "start.fresh.metadata", "start.bare.metadata",
        "at most", 1.25);
    results.ratio("start: metadata, key kept / bare", "start.kept.metadata",
        "start.bare.metadata", "at most", 1.25);
    results.ratio("start: metadata with archive / bare without", "start.fresh-archive.metadata",
        "start.bare.metadata", "at most", 1);
    results.ratio("start: token, key kept / bare", "start.kept.token", "start.bare.metadata",
        "at most", 1.7);
    results.ratio("start: token, key kept / metadata", "start.kept.token",
        "start.kept.metadata", "at most", 1.7);
    results.ratio("start: token, key kept, with archive / bare without",
        "start.kept-archive.token", "start.bare.metadata", "at most", 1.7);
    results.ratio("start: metadata with archive / bare with its own",
        "start.fresh-archive.metadata", "start.bare-archive.metadata", "at most", 1.25);
    results.ratio("start: resident memory / bare", "start.fresh.resident", "start.bare.resident",
        "at most", 1.35);
  }

  private static List<String> gatehouse(Setup setup, List<String> flags, int port,
      String... arguments) {
    List<String> all = new ArrayList<>(List.of("--port", "" + port, "--config",
        Subject.settings(setup).toString()));
    all.addAll(List.of(arguments));
    return setup.gatehouse(flags, all.toArray(String[]::new));
  }

  private static List<String> bare(List<String> flags, int port) {
    List<String> command = new ArrayList<>(List.of(Setup.javaCommand()));
    command.addAll(flags);
    command.addAll(List.of("" + port, "-", "0"));
    return command;
  }

  /** A directory with a key in it. */
  private static void prepare(Setup setup, Path data) throws Exception {
    if (!Files.exists(data)) {
      try (ServerProcess server = ServerProcess.launch(List.of(),
          port -> gatehouse(setup, List.of(), port, "--data", data.toString()))) {
        try (Socket socket = server.socket()) {
          answer(socket, server, Scenario.same(Subject.clientCredentials()));
        }
      }
    }
  }

  private static void measure(Setup setup, String name, IntFunction<List<String>> command,
      Results results) throws IOException {
    try (ServerProcess server = ServerProcess.launch(setup.pinnedTo(0), command);
        Socket socket = server.socket()) {
      answer(socket, server, Scenario.same(
          Scenario.request("GET /.well-known/oauth-authorization-server", "")));
      results.add("start." + name + ".metadata", server.age());
      results.add("start." + name + ".resident", server.resident() / 1e6);
      if (!name.startsWith("bare")) {
        String body = answer(socket, server, Scenario.same(Subject.clientCredentials()));
        results.add("start." + name + ".token", server.age());
        String token = Subject.accessToken(body.substring(body.indexOf("\r\n\r\n") + 4));
        answer(socket, server, Subject.toolCall(token));
        results.add("start." + name + ".tool", server.age());
      }
    }
  }

  private static String answer(Socket socket, ServerProcess server, Scenario scenario)
      throws IOException {
    socket.getOutputStream().write(scenario.new Run().next("localhost:" + server.port())
        .getBytes(StandardCharsets.UTF_8));
    String answer = Generator.answer(new BufferedInputStream(socket.getInputStream()));
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IOException(answer);
    }
    return answer;
  }
}
