/**
 * What people see and touch, in a real browser: Chromium without a window, driven over WebDriver.
 *
 * <p>Where no {@code chromium} and {@code chromedriver} are installed these tests are skipped; where
 * {@code CI} is set they fail instead.
 */
package gatehouse.browser;
