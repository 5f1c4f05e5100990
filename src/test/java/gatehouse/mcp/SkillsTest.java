package gatehouse.mcp;

import static gatehouse.mcp.Listener.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Skills: SEP-2640. */
class SkillsTest {
  private static final String URI = "skill://demo/SKILL.md";

  private final Posts posts = new Posts(McpServer.named("t")
      .skill(Skill.named("demo").description("Shows: how").instructions("# Do it\n")
          .metadata("org.example/level", "1")
          .file("references/guide.md", "text/markdown", "guide")
          .file("references/deep/a.bin", "application/octet-stream", new byte[] {-1}).build())
      .skill(Skill.named("secret").description("d").scopes("account:write").build())
      .build());

  private Response send(String method, String params) {
    return posts.modern(Posts.ALICE, method, params);
  }

  private JsonObject result(String method, String params) {
    return Posts.result(send(method, params));
  }

  @Test
  void skillsAreDeclaredListedAndGot() {
    assertEquals("{\"directoryRead\":true}", at(result("server/discover", "{}"),
        "capabilities", "extensions", Skills.EXTENSION));
    JsonObject list = result("skills/list", "{}");
    assertEquals(1, list.get("skills").asArray().size(), "the other one needs a scope");
    JsonObject entry = list.get("skills").asArray().get(0).asObject();
    assertEquals(URI, at(entry, "uri"));
    assertEquals("{\"name\":\"demo\",\"description\":\"Shows: how\",\"metadata\":"
        + "{\"org.example/level\":\"1\"}}", at(entry, "frontmatter"));
    JsonObject got = result("skills/get", "{\"uri\":\"" + URI + "\"}");
    assertEquals(entry, got.get("skill"));
    assertNull(got.get("nextCursor"));
    assertEquals("private", at(got, "cacheScope"));
  }

  @Test
  void theManifestHasTheDigestsOfWhatIsRead() {
    JsonValue manifest = result("skills/get", "{\"uri\":\"" + URI + "\"}")
        .get("skill").asObject().get("resources");
    assertEquals(3, manifest.asArray().size());
    for (JsonValue item : manifest.asArray()) {
      JsonObject content = result("resources/read", "{\"uri\":\"" + at(item.asObject(), "uri")
          + "\"}").get("contents").asArray().get(0).asObject();
      byte[] bytes = content.get("text") != null
          ? content.getString("text", "").getBytes(StandardCharsets.UTF_8) : new byte[] {-1};
      assertEquals("sha256:" + Encoding.hex(Secrets.sha256(bytes)), at(item.asObject(), "digest"));
      assertEquals(bytes.length + "", at(item.asObject(), "size"));
    }
  }

  @Test
  void theMainFileIsListedAmongTheResources() {
    assertEquals("[{\"uri\":\"" + URI + "\",\"name\":\"demo\",\"description\":\"Shows: how\","
        + "\"mimeType\":\"text/markdown\"}]", at(result("resources/list", "{}"), "resources"));
  }

  @Test
  void foldersShowTheirDirectChildren() {
    String root = at(result("resources/directory/read", "{\"uri\":\"skill://demo\"}"), "resources");
    assertTrue(root.contains("{\"uri\":\"skill://demo/references\",\"name\":\"references\","
        + "\"mimeType\":\"inode/directory\"}"), root);
    assertTrue(root.contains(URI), root);
    assertEquals(2, result("resources/directory/read", "{\"uri\":\"skill://demo/references/\"}")
        .get("resources").asArray().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {URI, "skill://none", "skill://secret", "skill://dem", "skill://",
      "skill:", "skill://demo/references/..", "file:///etc"})
  void whatIsNoFolderIsRefused(String uri) {
    assertEquals(-32602, Posts.code(
        send("resources/directory/read", "{\"uri\":\"" + uri + "\"}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"skill://none/SKILL.md", "skill://secret/SKILL.md", "skill://demo"})
  void unknownSkillsAreRefused(String uri) {
    assertEquals(-32602, Posts.code(send("skills/get", "{\"uri\":\"" + uri + "\"}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Demo", "-a", "a-", "a--b", "a_b", "a/b", ".."})
  void namesAreStrict(String name) {
    assertThrows(IllegalArgumentException.class, () -> Skill.named(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/x", "a//b", "a/../b", "SKILL.md", "a b", ""})
  void pathsStayInside(String path) {
    assertThrows(IllegalArgumentException.class,
        () -> Skill.named("a").description("d").file(path, "text/plain", "x"));
  }

  @Test
  void aFolderBecomesASkill(@TempDir Path folder) throws IOException {
    Path skill = Files.createDirectories(folder.resolve("my-skill/scripts")).getParent();
    Files.writeString(skill.resolve("SKILL.md"), "---\nname: my-skill\ndescription: Does it\n"
        + "metadata:\n  version: \"1\"\n---\nText");
    Files.writeString(skill.resolve("scripts/run.py"), "pass");
    assertEquals("{\"name\":\"my-skill\",\"description\":\"Does it\",\"metadata\":"
        + "{\"version\":\"1\"}}", at(Skill.read(skill).json(), "frontmatter"));
    assertEquals(2, Skill.read(skill).files().size());
    Files.writeString(skill.resolve("SKILL.md"), "---\nname: other\ndescription: d\n---\n");
    assertThrows(IllegalArgumentException.class, () -> Skill.read(skill));
    Files.writeString(skill.resolve("SKILL.md"), "---\nname: [my-skill]\n---\n");
    assertThrows(IllegalArgumentException.class, () -> Skill.read(skill));
  }
}
