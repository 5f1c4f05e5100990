package gatehouse.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
  private final Scopes scopes = new Scopes(List.of(
      Scope.base("read", "Read", ""),
      Scope.optional("write", "Write", "", "read"),
      Scope.optional("admin", "Admin", "", "write")));

  @ParameterizedTest
  @CsvSource({
    ",read",
    "read,read",
    "write,write",
    "write read,read write",
    "read nonsense,read",
    "nonsense,read",
    "offline_access,read offline_access",
    "profile email,read profile email",
    "openid,openid",
    "openid write,openid write",
    "READ,read"})
  void narrowsARequestToWhatExistsAndNeverToNothing(String requested, String narrowed) {
    assertEquals(Scopes.split(narrowed), scopes.narrow(requested));
  }

  @Test
  void addsWhatAScopeImpliesThroughAllSteps() {
    assertEquals(Set.of("admin", "write", "read"), scopes.expand(Set.of("admin")));
    assertEquals(Set.of("read"), scopes.expand(Set.of("read")));
    assertEquals(Set.of("unknown"), scopes.expand(Set.of("unknown")));
  }

  @Test
  void survivesScopesThatImplyEachOther() {
    Scopes circle = new Scopes(List.of(
        Scope.optional("a", "", "", "b"), Scope.optional("b", "", "", "a")));
    assertEquals(Set.of("a", "b"), circle.expand(Set.of("a")));
  }

  @Test
  void keepsTheScopesOfOpenIdConnectAwayFromTheResource() {
    assertEquals(Set.of("read", "write", "admin"), scopes.ofResource());
    assertEquals(Set.of("read"), scopes.base());
    assertEquals(true, scopes.names().containsAll(
        List.of("openid", "profile", "email", "offline_access")));
    assertFalse(scopes.base().contains("offline_access"));
  }

  @Test
  void refusesAScopeThatImpliesNothingKnown() {
    assertThrows(IllegalArgumentException.class,
        () -> new Scopes(List.of(Scope.optional("a", "", "", "missing"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "quote\"", "back\\slash", "é", "tab\t", "\u007f"})
  void refusesANameThatCannotTravel(String name) {
    assertThrows(IllegalArgumentException.class, () -> Scope.base(name, "", ""));
  }

  @Test
  void splitsAtSpacesAlone() {
    assertEquals(List.of("b", "a,c"), List.copyOf(Scopes.split("b  a,c b ")));
    assertEquals(Set.of(), Scopes.split(null));
    assertEquals(Set.of(), Scopes.split(" "));
  }
}
