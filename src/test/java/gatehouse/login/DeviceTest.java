package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.http.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Firefox, Linux | Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0
      Chrome, Windows | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36
      Edge, Windows | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0
      Safari, macOS | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15
      Safari, iPhone | Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1
      Chrome, Android | Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36
      Samsung Internet, Android | Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36
      Linux | something else on Linux""")
  void isBrowserAndSystemInOurWords(String device, String userAgent) {
    assertEquals(device, Device.of(Requests.get("/", "User-Agent", userAgent)));
  }

  @Test
  void isNothingThatSomebodyMadeUp() {
    assertEquals("", Device.of(Requests.get("/")));
    assertEquals("", Device.of(Requests.get("/", "User-Agent", "<b>curl</b>/8.0")));
    assertEquals("Firefox", Device.of(Requests.get("/", "User-Agent",
        "<script>" + "x".repeat(4_000) + " Firefox/")));
  }
}
