package gatehouse.login.passkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.json.Fields;
import gatehouse.login.Assurance;
import gatehouse.login.User;
import gatehouse.store.MemoryStore;
import gatehouse.support.TestClock;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Web Authentication Level 3")
class PasskeysTest {
  private static final String TOKEN = "the token of the form";

  private final TestClock clock = new TestClock();
  private final MemoryStore store = new MemoryStore(clock);
  private final Passkeys passkeys = new Passkeys(
      RelyingParty.of("https://gate.example", "Gate"), store, clock);
  private final User alice = User.named("alice");
  private final User bob = User.named("bob");
  private final SoftAuthenticator key = SoftAuthenticator.es256();

  private static String challenge() {
    return Passkeys.challenge(TOKEN);
  }

  private void add(User user, SoftAuthenticator authenticator) {
    passkeys.add(user, TOKEN, SoftAuthenticator.form(authenticator.create(challenge())));
    authenticator.belongsTo(handle(user));
  }

  private Passkeys.Use use(User user, boolean verified) {
    return passkeys.use(user, verified, TOKEN, SoftAuthenticator.form(key.get(challenge())));
  }

  private String handle(User user) {
    return Fields.readObject(passkeys.creationOptions(user, TOKEN)).object("user").text("id");
  }

  private void assertRefused(Refusal reason, Runnable what) {
    JsonObject before = everything();
    assertEquals(reason, assertThrows(Refused.class, what::run).reason());
    assertEquals(before, everything(), "a refusal must not change anything");
  }

  private JsonObject everything() {
    JsonObject all = new JsonObject();
    for (String table : List.of("passkeys", "passkey_users")) {
      store.scan(table, (name, row) -> all.add(table + name, row));
    }
    return all;
  }

  @Nested
  @DisplayName("§7.1 registering")
  class Registering {
    @BeforeEach
    void someHandles() {
      passkeys.creationOptions(alice, TOKEN);
      passkeys.creationOptions(bob, TOKEN);
    }

    private void assertNotAdded(Refusal reason) {
      assertRefused(reason, () -> add(alice, key));
      assertFalse(passkeys.isSetUp(alice));
    }

    @Test
    void remembersThePasskey() {
      key.flags |= SoftAuthenticator.BE | SoftAuthenticator.BS;
      key.counter = 7;
      add(alice, key);
      Passkey passkey = passkeys.of(alice).get(0);
      assertEquals("alice", passkey.user());
      assertEquals(7, passkey.counter());
      assertTrue(passkey.backupEligible() && passkey.backedUp());
      assertEquals(key.keys.getPublic(), passkey.key().key());
      assertFalse(passkeys.isSetUp(bob));
    }

    @Test
    void takesAnRsaKeyAsWell() {
      SoftAuthenticator rsa = SoftAuthenticator.rs256();
      add(alice, rsa);
      assertEquals("RS256", passkeys.of(alice).get(0).key().alg());
    }

    @Test
    void treatsAnAttestationAsNone() {
      key.fmt = "something-new";
      key.attStmt = Map.of("sig", new byte[] {1, 2, 3});
      add(alice, key);
      assertTrue(passkeys.isSetUp(alice));
    }

    @Test
    void readsOverExtensionsNobodyAskedFor() {
      key.flags |= SoftAuthenticator.ED;
      key.extensions = CborWriter.write(Map.of("credProtect", 2));
      add(alice, key);
      assertTrue(passkeys.isSetUp(alice));
    }

    @Test
    void step7RefusesTheOtherCeremony() {
      key.type = "webauthn.get";
      assertNotAdded(Refusal.WRONG_TYPE);
    }

    @Test
    void step8RefusesAnotherChallenge() {
      assertRefused(Refusal.WRONG_CHALLENGE, () -> passkeys.add(alice, "another form's token",
          SoftAuthenticator.form(key.create(challenge()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://gate.example",
        "https://gate.example:8443", "https://sub.gate.example", "https://gate.example/", "null"})
    void step9RefusesAnotherOrigin(String origin) {
      key.origin = origin;
      assertNotAdded(Refusal.WRONG_ORIGIN);
    }

    @Test
    void step11RefusesAFrameOfSomebodyElse() {
      key.clientDataMore = ",\"topOrigin\":\"https://evil.example\"";
      assertNotAdded(Refusal.CROSS_ORIGIN);
    }

    @Test
    void step14RefusesAnotherRelyingParty() {
      key.rpId = "evil.example";
      assertNotAdded(Refusal.WRONG_RP_ID);
    }

    @Test
    void step15RefusesAnUntouchedAuthenticator() {
      key.flags = SoftAuthenticator.UV;
      assertNotAdded(Refusal.USER_NOT_PRESENT);
    }

    @Test
    void step16RefusesAnAuthenticatorThatAskedForNoPin() {
      key.flags = SoftAuthenticator.UP;
      assertNotAdded(Refusal.USER_NOT_VERIFIED);
    }

    @Test
    void step17RefusesABackupOfWhatCannotBeBackedUp() {
      key.flags |= SoftAuthenticator.BS;
      assertNotAdded(Refusal.BACKED_UP_INELIGIBLY);
    }

    @Test
    void step20RefusesAnAlgorithmNobodyAskedFor() {
      Map<Object, Object> cose = SoftAuthenticator.cose(key.keys.getPublic());
      cose.put(3, -8);
      assertEquals(Refusal.WRONG_ALGORITHM, assertThrows(Refused.class,
          () -> CoseKey.read((Map<?, ?>) Cbor.read(CborWriter.write(cose)))).reason());
    }

    @Test
    void refusesAPointOffTheCurve() {
      Map<Object, Object> cose = SoftAuthenticator.cose(key.keys.getPublic());
      cose.put(-3, SoftAuthenticator.unsigned(BigInteger.TEN, 32));
      assertEquals(Refusal.MALFORMED, assertThrows(Refused.class,
          () -> CoseKey.read((Map<?, ?>) Cbor.read(CborWriter.write(cose)))).reason());
    }

    @Test
    void step25RefusesALongId() {
      key.id = new byte[1_024];
      assertNotAdded(Refusal.ID_TOO_LONG);
      key.id = new byte[1_023];
      add(alice, key);
    }

    @Test
    void step26RefusesAnIdThatSomebodyHas() {
      add(bob, key);
      assertNotAdded(Refusal.ALREADY_REGISTERED);
      assertEquals("bob", use(null, true).user());
    }

    @Test
    void refusesTheTwentyFirst() {
      for (int i = 0; i < 20; i++) {
        key.id = new byte[] {1, (byte) i};
        add(alice, key);
      }
      key.id = new byte[] {2};
      assertRefused(Refusal.TOO_MANY, () -> add(alice, key));
    }

    @Test
    void refusesBytesBehindTheEnd() {
      key.extensions = new byte[] {0};
      assertNotAdded(Refusal.MALFORMED);
    }
  }

  @Nested
  @DisplayName("§7.2 using")
  class Using {
    @BeforeEach
    void register() {
      add(alice, key);
      passkeys.creationOptions(bob, TOKEN);
    }

    @Test
    void saysWhoItIs() {
      assertEquals("alice", use(null, true).user());
    }

    @Test
    void worksWithAnRsaKey() {
      SoftAuthenticator rsa = SoftAuthenticator.rs256();
      add(bob, rsa);
      assertEquals("bob", passkeys.use(null, true, TOKEN,
          SoftAuthenticator.form(rsa.get(challenge()))).user());
    }

    @Test
    void isBothFactorsAtOnceWhenItVerifiedItsUser() {
      assertEquals(Assurance.PHISHING_RESISTANT, use(null, true).evidence().assurance());
    }

    @Test
    void isOneFactorWhenItWasOnlyTouched() {
      key.flags = SoftAuthenticator.UP;
      assertEquals(Assurance.ONE_FACTOR, use(alice, false).evidence().assurance());
    }

    @Test
    void needsNoUserHandleAfterAPassword() {
      key.userHandle = null;
      assertEquals("alice", use(alice, false).user());
    }

    @Test
    void step6RefusesAnUnknownCredential() {
      key.id = new byte[] {1, 2, 3};
      assertRefused(Refusal.UNKNOWN_CREDENTIAL, () -> use(null, true));
    }

    @Test
    void step6RefusesSomebodyElsesPasskey() {
      assertRefused(Refusal.WRONG_USER, () -> use(bob, false));
    }

    @Test
    void step6RefusesSomebodyElsesHandle() {
      key.userHandle = handle(bob);
      assertRefused(Refusal.WRONG_USER_HANDLE, () -> use(null, true));
      assertRefused(Refusal.WRONG_USER_HANDLE, () -> use(alice, false));
    }

    @Test
    void step6RefusesAMissingHandleIfThatIsAllThereIs() {
      key.userHandle = null;
      assertRefused(Refusal.WRONG_USER_HANDLE, () -> use(null, true));
    }

    @Test
    void step10RefusesTheOtherCeremony() {
      key.type = "webauthn.create";
      assertRefused(Refusal.WRONG_TYPE, () -> use(null, true));
    }

    @Test
    void step11RefusesAnotherChallenge() {
      assertRefused(Refusal.WRONG_CHALLENGE, () -> passkeys.use(null, true, "another token",
          SoftAuthenticator.form(key.get(challenge()))));
    }

    @Test
    void step12RefusesAnotherOrigin() {
      key.origin = "https://gate.example.evil.example";
      assertRefused(Refusal.WRONG_ORIGIN, () -> use(null, true));
    }

    @Test
    void step14RefusesAFrameOfSomebodyElse() {
      key.clientDataMore = ",\"topOrigin\":\"https://evil.example\"";
      assertRefused(Refusal.CROSS_ORIGIN, () -> use(null, true));
    }

    @Test
    void step13RefusesAPageInAFrame() {
      key.crossOrigin = true;
      assertRefused(Refusal.CROSS_ORIGIN, () -> use(null, true));
    }

    /** The signature is over what is left, so it is not that which gives it away. */
    @Test
    void refusesAuthenticatorDataCutOffAnywhereOrWithMoreBehind() {
      for (key.cutAt = 0; key.cutAt < 37; key.cutAt++) {
        assertRefused(Refusal.MALFORMED, () -> use(null, true));
      }
      assertEquals("alice", use(null, true).user());
      key.cutAt = Integer.MAX_VALUE;
      key.extensions = new byte[] {0};
      assertRefused(Refusal.MALFORMED, () -> use(null, true));
    }

    @Test
    void step21RefusesASignatureByAnotherAlgorithm() {
      SoftAuthenticator rsa = SoftAuthenticator.rs256();
      rsa.id = key.id;
      rsa.userHandle = key.userHandle;
      assertRefused(Refusal.BAD_SIGNATURE, () -> passkeys.use(null, true, TOKEN,
          SoftAuthenticator.form(rsa.get(challenge()))));
    }

    @Test
    void refusesClientDataThatSaysSomethingTwice() {
      key.clientDataMore = ",\"origin\":\"https://gate.example\"";
      assertRefused(Refusal.MALFORMED, () -> use(null, true));
    }

    @Test
    void step15RefusesAnotherRelyingParty() {
      key.rpId = "example";
      assertRefused(Refusal.WRONG_RP_ID, () -> use(null, true));
    }

    @Test
    void step16RefusesAnUntouchedAuthenticator() {
      key.flags = SoftAuthenticator.UV;
      assertRefused(Refusal.USER_NOT_PRESENT, () -> use(null, true));
    }

    @Test
    void step17RefusesAnUnverifiedUserWhereItIsTheOnlyFactor() {
      key.flags = SoftAuthenticator.UP;
      assertRefused(Refusal.USER_NOT_VERIFIED, () -> use(null, true));
    }

    @Test
    void step18RefusesABackupOfWhatCannotBeBackedUp() {
      key.flags |= SoftAuthenticator.BS;
      assertRefused(Refusal.BACKED_UP_INELIGIBLY, () -> use(null, true));
    }

    @Test
    void step19RefusesAPasskeyThatHasBecomeAnother() {
      key.flags |= SoftAuthenticator.BE;
      assertRefused(Refusal.BACKUP_ELIGIBILITY_CHANGED, () -> use(null, true));
    }

    @Test
    void step21RefusesASignatureOfAnotherKey() {
      SoftAuthenticator thief = SoftAuthenticator.es256();
      thief.id = key.id;
      thief.userHandle = key.userHandle;
      assertRefused(Refusal.BAD_SIGNATURE, () -> passkeys.use(null, true, TOKEN,
          SoftAuthenticator.form(thief.get(challenge()))));
    }

    @Test
    void step21RefusesASignatureOverSomethingElse() {
      Map<String, String> fields = key.get(challenge());
      key.counter = 9;
      fields.put("authenticatorData", key.get(challenge()).get("authenticatorData"));
      assertRefused(Refusal.BAD_SIGNATURE,
          () -> passkeys.use(null, true, TOKEN, SoftAuthenticator.form(fields)));
    }

    @Test
    void step22RefusesACounterThatWentBackOrStoodStill() {
      key.counter = 5;
      use(null, true);
      assertRefused(Refusal.COUNTER_WENT_BACK, () -> use(null, true));
      key.counter = 4;
      assertRefused(Refusal.COUNTER_WENT_BACK, () -> use(null, true));
      key.counter = 0;
      assertRefused(Refusal.COUNTER_WENT_BACK, () -> use(null, true));
      key.counter = 6;
      assertEquals("alice", use(null, true).user());
    }

    @Test
    void step22AcceptsAuthenticatorsThatDoNotCount() {
      use(null, true);
      clock.advanceSeconds(60);
      assertEquals("alice", use(null, true).user());
      assertEquals(clock.instant(), passkeys.of(alice).get(0).used());
    }

    @Test
    void countsUpToFourBillion() {
      key.counter = 0xffff_fffeL;
      use(null, true);
      key.counter = 0xffff_ffffL;
      assertEquals("alice", use(null, true).user());
    }

    @Test
    void endsWhenItIsRemovedByItsOwnerAlone() {
      String id = passkeys.of(alice).get(0).id();
      passkeys.remove(bob, id);
      assertEquals("alice", use(null, true).user());
      passkeys.remove(alice, id);
      assertRefused(Refusal.UNKNOWN_CREDENTIAL, () -> use(null, true));
      assertFalse(passkeys.isSetUp(alice));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "clientDataJSON", "authenticatorData", "signature"})
    void refusesAFormWithAPartMissing(String part) {
      Map<String, String> fields = new LinkedHashMap<>(key.get(challenge()));
      fields.remove(part);
      assertThrows(Refused.class,
          () -> passkeys.use(null, true, TOKEN, SoftAuthenticator.form(fields)));
    }
  }

  @Nested
  @DisplayName("§5 options")
  class Options {
    @Test
    void nameNobodyBeforeSomebodyIsKnown() {
      add(alice, key);
      Fields options = Fields.readObject(passkeys.section(null, TOKEN).get("options"));
      assertEquals(0, options.array("allowCredentials").size());
      assertEquals("required", options.text("userVerification"));
      assertEquals("gate.example", options.text("rpId"));
      assertEquals(challenge(), options.text("challenge"));
    }

    @Test
    void nameTheUsersOwnPasskeysAfterAPassword() {
      add(alice, key);
      Fields options = Fields.readObject(passkeys.section(alice, TOKEN).get("options"));
      assertEquals(1, options.array("allowCredentials").size());
      assertEquals("preferred", options.text("userVerification"));
    }

    @Test
    void giveTheUserAHandleThatSaysNothingAndStays() {
      String handle = handle(alice);
      assertEquals(handle, handle(alice));
      assertEquals(43, handle.length());
      assertFalse(Arrays.asList(handle(bob), "alice").contains(handle));
    }
  }

  @Nested
  @DisplayName("§4 relying party")
  class Party {
    @Test
    void isTheHostOfTheIssuer() {
      RelyingParty local = RelyingParty.of("http://localhost:8080", "Gate");
      assertEquals("localhost", local.id());
      assertEquals("http://localhost:8080", local.origin());
      assertEquals("https://gate.example", RelyingParty.of("https://Gate.Example/x", "G").origin());
    }

    @Test
    void isNoAddressInNumbersAndNoInsecureHost() {
      assertTrue(RelyingParty.isPossible("https://gate.example"));
      assertTrue(RelyingParty.isPossible("http://localhost:8080"));
      assertFalse(RelyingParty.isPossible("http://127.0.0.1:8080"));
      assertFalse(RelyingParty.isPossible("https://[::1]"));
      assertFalse(RelyingParty.isPossible("http://gate.example"));
    }
  }
}
