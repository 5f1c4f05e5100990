package gatehouse.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a tool call and of a token goes, by samples of Java Flight Recorder, and what
 * threads waited for. A sample counts for the innermost package of ours on its stack; what has none
 * is the HTTP server's, or the JDK's.
 */
final class ProfilePart {
  private ProfilePart() {
  }

  static void run(Setup setup, Results results) throws Exception {
    Map<String, Scenario> scenarios = new LinkedHashMap<>();
    scenarios.put("tool", null);
    scenarios.put("token", Scenario.same(Subject.clientCredentials()));
    for (var entry : scenarios.entrySet()) {
      Path recording = setup.folder().resolve(entry.getKey() + ".jfr");
      Files.deleteIfExists(recording);
      try (Subject subject = Subject.start(setup,
          "-XX:StartFlightRecording:settings=profile", "-Xlog:jfr*=off")) {
        Scenario scenario = entry.getValue() != null ? entry.getValue()
            : Subject.toolCall(subject.login().access());
        Load.warm(subject.server(), setup, () -> scenario);
        Load.on(subject.server(), setup, scenario, 16, setup.seconds() * 4);
        subject.server().jcmd("JFR.dump", "filename=" + recording.toAbsolutePath());
      }
      results.text("profile." + entry.getKey(), shares(recording));
    }
  }

  private static String shares(Path recording) throws Exception {
    Map<String, Integer> shares = new TreeMap<>();
    Map<String, Duration> waits = new TreeMap<>();
    int all = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        String type = event.getEventType().getName();
        if (type.equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
          shares.merge(where(event.getStackTrace().getFrames()), 1, Integer::sum);
          all++;
        } else if (type.equals("jdk.JavaMonitorEnter")) {
          waits.merge(event.getClass("monitorClass").getName(), event.getDuration(),
              Duration::plus);
        }
      }
    }
    StringBuilder out = new StringBuilder();
    int total = all;
    shares.entrySet().stream().sorted((a, b) -> b.getValue() - a.getValue()).limit(14)
        .forEach(share -> out.append(String.format(Locale.ROOT, "  %4.1f %%  %s%n",
            100.0 * share.getValue() / total, share.getKey())));
    waits.forEach((monitor, time) -> out.append("  waited ").append(time.toMillis())
        .append(" ms for ").append(monitor).append('\n'));
    return out.toString();
  }

  private static String where(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      String type = frame.getMethod().getType().getName();
      if (type.startsWith("sun.security.rsa.")) {
        return "RSA";
      }
      if (type.startsWith("gatehouse.") || type.startsWith("sun.net.httpserver.")
          || type.startsWith("java.util.logging.")) {
        return type.substring(0, type.lastIndexOf('.'));
      }
    }
    return "other";
  }
}
