package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.AddHasCdp;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumDriverCommandExecutor;
import org.openqa.selenium.chromium.HasCdp;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.RemoteExecuteMethod;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;

/**
 * A real browser, without a window: one for a test class, as good as new for every test. What it
 * shows is a {@link Screen}.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final Chromium chromium = new Chromium();
 * }</pre>
 *
 * <p>It is the {@code chromium} and {@code chromedriver} that are installed, never a downloaded
 * one. Where they are missing the class is skipped, except where {@code CI} is set: there it fails.
 * Names other than those of this computer lead nowhere.
 */
public final class Chromium
    implements ExecutionCondition, BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private static final List<String> FLAGS = List.of("--headless=new", "--no-sandbox",
      "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--lang=en-US",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");

  /** Distributions open their own page at the start. */
  private static final Map<String, Object> PREFERENCES = Map.of(
      "session.restore_on_startup", 4, "session.startup_urls", List.of("about:blank"));

  private final List<String> visited = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private Path profile;
  private RemoteWebDriver driver;
  private HasCdp devTools;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return isInstalled() || System.getenv("CI") != null
        ? ConditionEvaluationResult.enabled("a browser is installed, or has to be")
        : ConditionEvaluationResult.disabled("chromium and chromedriver are not installed");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (driver == null) {
      start();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    reset();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getTestClass().filter(type -> !type.isMemberClass()).isPresent()) {
      close();
    }
  }

  /** Whether there is a browser and what drives it. */
  public static boolean isInstalled() {
    return find("chromium") != null && find("chromedriver") != null;
  }

  /** Starts the browser. */
  public Chromium start() {
    assertTrue(isInstalled(), "chromium and chromedriver must be installed here");
    try {
      profile = Files.createTempDirectory("chromium-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(find("chromium"));
    options.addArguments(FLAGS);
    options.addArguments("--user-data-dir=" + profile);
    options.setExperimentalOption("prefs", PREFERENCES);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    // Selenium's own ChromeDriver also looks for drivers to download.
    AddHasCdp withDevTools = new AddHasCdp();
    driver = new RemoteWebDriver(new ChromiumDriverCommandExecutor(
        new ChromeDriverService.Builder().usingDriverExecutable(find("chromedriver"))
            .usingAnyFreePort().build(), withDevTools.getAdditionalCommands(),
        ClientConfig.defaultConfig()), options);
    devTools = withDevTools.getImplementation(
        driver.getCapabilities(), new RemoteExecuteMethod(driver));
    return this;
  }

  /** Ends it, with all its processes. */
  public void close() {
    if (driver == null) {
      return;
    }
    driver.quit();
    driver = null;
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new tab, without cookies, emulation or log. */
  public void reset() {
    devTools("Network.clearBrowserCookies", Map.of());
    // A dialog of the browser, as before it opens another program, would keep the keyboard.
    String old = driver.getWindowHandle();
    String fresh = driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
    driver.switchTo().window(old).close();
    driver.switchTo().window(fresh);
    complaints();
    visited();
    complaints.clear();
    visited.clear();
  }

  /** What is on the screen. */
  public Screen screen() {
    return new Screen(driver);
  }

  /** Types an address. */
  public Screen open(String url) {
    driver.get(url);
    return screen();
  }

  /** The browser as Selenium has it. */
  public RemoteWebDriver driver() {
    return driver;
  }

  /** A command of the Chrome DevTools Protocol. */
  public Map<String, Object> devTools(String command, Map<String, Object> parameters) {
    return devTools.executeCdpCommand(command, parameters);
  }

  /** Pages get no JavaScript from here on. */
  public Chromium withoutScripts() {
    devTools("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    return this;
  }

  /** Pages get JavaScript again; the present one has come without. */
  public Chromium withScripts() {
    devTools("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    return this;
  }

  /** The languages that it asks for from here on. */
  public Chromium speaks(String acceptLanguage) {
    devTools("Network.enable", Map.of());
    devTools("Network.setUserAgentOverride", Map.of("userAgent",
        driver.executeScript("return navigator.userAgent"), "acceptLanguage", acceptLanguage));
    return this;
  }

  /** The size of the screen and what its user prefers. */
  public Chromium looks(int width, boolean dark) {
    devTools("Emulation.setDeviceMetricsOverride", Map.of(
        "width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 600));
    devTools("Emulation.setEmulatedMedia", Map.of("features", List.of(
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    driver.executeScript("document.getAnimations().forEach(one => one.finish())");
    return this;
  }

  /** All addresses that it has asked for, or asked the system to open, since the last reset. */
  public List<String> visited() {
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonObject event = Json.parse(entry.getMessage()).asObject().get("message").asObject();
      JsonObject facts = event.get("params").asObject();
      switch (event.getString("method", "")) {
        case "Network.requestWillBeSent" ->
            visited.add(facts.get("request").asObject().getString("url", ""));
        case "Page.frameRequestedNavigation", "Page.frameStartedNavigating" ->
            visited.add(facts.getString("url", ""));
        default -> { }
      }
    }
    return List.copyOf(visited);
  }

  /** Waits until it has asked for an address that begins like this. */
  public void awaitVisit(String beginning) {
    screen().await("a visit to " + beginning,
        now -> visited().stream().anyMatch(url -> url.startsWith(beginning)));
  }

  /**
   * What the console says since the last reset: errors, refusals by the content security policy,
   * messages of scripts. That a page itself came with an error status is no complaint.
   */
  public List<String> complaints() {
    String page = driver.getCurrentUrl();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (!entry.getMessage().startsWith(page + " - Failed to load resource: the server responded")) {
        complaints.add(entry.getMessage());
      }
    }
    return List.copyOf(complaints);
  }

  /** How wide the page is: more than the screen if it has to be scrolled sideways. */
  public long width() {
    return (Long) driver.executeScript("return document.documentElement.scrollWidth");
  }

  /** A picture of the whole page. */
  public byte[] picture() {
    Map<?, ?> size = (Map<?, ?>) devTools("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
    Map<String, Object> picture = devTools("Page.captureScreenshot", Map.of(
        "captureBeyondViewport", true, "clip", Map.of("x", 0, "y", 0, "scale", 1,
            "width", size.get("width"), "height", size.get("height"))));
    return Base64.getDecoder().decode((String) picture.get("data"));
  }

  private static File find(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> new File(folder, program)).filter(File::canExecute)
        .findFirst().orElse(null);
  }
}
