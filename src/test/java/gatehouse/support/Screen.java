package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.remote.RemoteWebDriver;

/**
 * What a person sees in {@link Chromium} and does there: reads, types, presses. Whatever is to be
 * seen may take a moment to appear.
 */
public final class Screen {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RemoteWebDriver driver;

  Screen(RemoteWebDriver driver) {
    this.driver = driver;
  }

  /** The address in the bar. */
  public URI address() {
    return URI.create(driver.getCurrentUrl());
  }

  /** All text that is visible. */
  public String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** Types into a field, over what it had. */
  public Screen fill(String name, String value) {
    WebElement field = await(By.name(name));
    field.clear();
    field.sendKeys(value);
    return this;
  }

  private boolean has(String name, String value) {
    return value.equals(driver.findElement(By.name(name)).getDomProperty("value"));
  }

  /** Ticks or unticks a box. */
  public Screen toggle(String name, String value) {
    await(By.cssSelector("input[name='" + name + "'][value='" + value + "']")).click();
    return this;
  }

  /** Presses the button with this label. */
  public Screen press(String label) {
    await(button(label)).click();
    return this;
  }

  /** Follows the link with this text. */
  public Screen follow(String text) {
    await(By.linkText(text)).click();
    return this;
  }

  /** Signs in by name and password. */
  public Screen signIn(Person person) {
    // A page that has just come may take the focus away, to where it wants it, while one types.
    await("name and password", screen -> fill("username", person.name())
        .fill("password", person.password()).has("username", person.name())
        && has("password", person.password()));
    return press("Sign in");
  }

  /** Presses the Tab key until the focus is on the field of this name. */
  public Screen tabTo(String name) {
    return tabUntil(name, () -> name.equals(focused().getDomAttribute("name")));
  }

  /** Presses the Tab key until the focus is on the button with this label. */
  public Screen tabToButton(String label) {
    return tabUntil(label, () -> focused().getTagName().equals("button")
        && focused().getText().equals(label));
  }

  private Screen tabUntil(String what, BooleanSupplier there) {
    for (int i = 0; i < 50 && !there.getAsBoolean(); i++) {
      key(Keys.TAB);
    }
    assertTrue(there.getAsBoolean(), () -> "the Tab key does not lead to " + what);
    return this;
  }

  private WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** Presses a key on whatever has the focus. */
  public Screen key(Keys key) {
    focused().sendKeys(key);
    return this;
  }

  /** Types into whatever has the focus. */
  public Screen type(String text) {
    focused().sendKeys(text);
    return this;
  }

  /** Whether there is such a button now. */
  public boolean hasButton(String label) {
    return visible(button(label)) != null;
  }

  /** Waits until there is such a button. */
  public Screen awaitButton(String label) {
    await(button(label));
    return this;
  }

  /** Waits until this can be read. */
  public Screen awaitText(String text) {
    return await("the text: " + text, screen -> screen.text().contains(text));
  }

  /** Waits until the browser has left for an address that begins like this. */
  public Screen awaitAddress(String beginning) {
    return await("the address " + beginning,
        screen -> screen.address().toString().startsWith(beginning));
  }

  /** The element, which is visible or about to be. */
  public WebElement await(By where) {
    await(where.toString(), screen -> screen.visible(where) != null);
    return visible(where);
  }

  /** Waits until it is so. */
  public Screen await(String what, Predicate<Screen> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean met = holds(condition);
    while (!met && System.nanoTime() < end) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      met = holds(condition);
    }
    assertTrue(met, () -> "waited in vain for " + what + " at " + address() + "\n" + text());
    return this;
  }

  /** A page that is just being replaced has no answer yet. */
  private boolean holds(Predicate<Screen> condition) {
    try {
      return condition.test(this);
    } catch (WebDriverException e) {
      return false;
    }
  }

  private WebElement visible(By where) {
    List<WebElement> found = driver.findElements(where);
    return found.stream().filter(WebElement::isDisplayed).findFirst().orElse(null);
  }

  private static By button(String label) {
    return By.xpath("//button[normalize-space()='" + label + "']");
  }
}
