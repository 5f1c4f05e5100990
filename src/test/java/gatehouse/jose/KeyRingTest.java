package gatehouse.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.store.MemoryStore;
import gatehouse.support.TestClock;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private final TestClock clock = new TestClock();
  private final MemoryStore store = new MemoryStore(clock);
  private final KeyRing ring = new KeyRing(store, clock);

  private String current() {
    return ring.current().jwk().kid();
  }

  private Set<String> published() {
    return ring.published().keys().stream().map(Jwk::kid).collect(Collectors.toSet());
  }

  @Test
  void beginsWithOneKeyOf2048BitsNamedByItsThumbprint() {
    Jwk key = ring.current().jwk();
    assertEquals(Set.of(key.kid()), published());
    assertEquals(Jwk.thumbprint(key.key()), key.kid());
    assertEquals("RS256", key.alg());
    assertEquals(2048, ((RSAPublicKey) key.key()).getModulus().bitLength());
  }

  @Test
  void publishesASuccessorBeforeItSignsAndKeepsThePredecessorAfterwards() {
    String first = current();

    clock.advance(Duration.ofDays(88).minusMinutes(1));
    assertEquals(Set.of(first), published());

    clock.advance(Duration.ofMinutes(1));
    assertEquals(2, published().size());
    assertEquals(first, current());

    clock.advance(Duration.ofDays(2));
    String second = current();
    assertNotEquals(first, second);
    assertEquals(Set.of(first, second), published());

    clock.advance(Duration.ofDays(2).plusMinutes(1));
    assertEquals(Set.of(second), published());
    assertEquals(second, current());
  }

  @Test
  void publishesASuccessorAheadOfTimeThoughNobodyAskedForMonths() {
    String first = current();
    clock.advance(Duration.ofDays(300));
    assertEquals(first, current());
    assertEquals(2, published().size());
    clock.advance(Duration.ofDays(2));
    assertNotEquals(first, current());
  }

  @Test
  void rotatesAtOnceOnRequestAndStillVerifiesWhatTheOldKeySigned() {
    String first = current();
    clock.advance(Duration.ofSeconds(1));
    ring.rotate();
    assertNotEquals(first, current());
    assertEquals(Set.of(first, current()), published());
    assertEquals(1, ring.candidates(first, "RS256").size());

    clock.advance(Duration.ofDays(2).plusMinutes(1));
    assertEquals(List.of(), ring.candidates(first, "RS256"));
  }

  @Test
  void sharesKeysWithAnotherRingOverTheSameStore() {
    String first = current();
    KeyRing other = new KeyRing(store, clock);
    assertEquals(first, other.current().jwk().kid());

    clock.advance(Duration.ofSeconds(1));
    ring.rotate();
    clock.advance(Duration.ofSeconds(31));
    assertEquals(current(), other.current().jwk().kid());
  }

  @Test
  void knowsAtOnceWhatAnotherRingHasMade() {
    KeyRing other = new KeyRing(store, clock);
    other.current();
    clock.advance(Duration.ofSeconds(1));
    ring.rotate();
    assertEquals(1, other.candidates(current(), "RS256").size());
    assertEquals(current(), other.current().jwk().kid());
  }

  @Test
  void asksTheStoreForUnknownKeysOnceASecond() {
    KeyRing other = new KeyRing(store, clock);
    other.current();
    assertEquals(List.of(), other.candidates("nobody's", "RS256"));
    clock.advance(Duration.ofMillis(999));
    ring.rotate();
    assertEquals(List.of(), other.candidates(current(), "RS256"));
    clock.advance(Duration.ofMillis(1));
    assertEquals(1, other.candidates(current(), "RS256").size());
  }

  @Test
  void makesOneKeyWhenSeveralRingsFindItDue() throws Exception {
    MemoryStore shared = new MemoryStore(clock);
    List<KeyRing> rings = Stream.generate(() -> new KeyRing(shared, clock)).limit(4).toList();
    for (Duration later : List.of(Duration.ZERO, Duration.ofDays(88))) {
      clock.advance(later);
      int before = later.isZero() ? 0 : 1;
      List<CompletableFuture<Integer>> sizes = rings.stream()
          .map(one -> CompletableFuture.supplyAsync(() -> one.published().keys().size()))
          .toList();
      for (CompletableFuture<Integer> size : sizes) {
        assertEquals(before + 1, size.get());
      }
    }
  }

  @Test
  void makesTheKeyItselfWhenWhoClaimedItHasDied() {
    MemoryStore shared = new MemoryStore(clock);
    shared.insertIfAbsent("key_claims", "1", new JsonObject(), clock.instant().plusSeconds(10));
    KeyRing survivor = new KeyRing(shared, clock);
    clock.advance(Duration.ofSeconds(10));
    assertEquals(1, survivor.published().keys().size());
  }

  @Test
  void knowsATokensKeyByItsIdAlone() {
    String kid = current();
    assertEquals(1, ring.candidates(kid, "RS256").size());
    assertTrue(ring.candidates(null, "RS256").isEmpty());
    assertTrue(ring.candidates(kid + " ", "RS256").isEmpty());
    assertTrue(ring.candidates(kid, "ES256").isEmpty());
    assertTrue(ring.candidates(kid, "none").isEmpty());
  }

  @Test
  void publishesNothingPrivate() {
    String document = ring.published().json().toString();
    for (String member : List.of("d", "p", "q", "dp", "dq", "qi", "k")) {
      assertFalse(document.contains("\"" + member + "\":"), document);
    }
  }
}
