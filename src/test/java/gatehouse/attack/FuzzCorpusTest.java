package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every reader of foreign bytes has a class {@code …Fuzz} beside its tests, which says what must
 * hold for any input, and a folder of inputs: seeds, what reached new code, and what once failed.
 * Here they are replayed; {@code ./build.sh fuzz} has Jazzer look for new ones.
 */
@DisplayName("Fuzzing: known inputs")
class FuzzCorpusTest {
  private static final Path CODE = Path.of("src/test/java");
  private static final Path CORPUS = Path.of("src/test/resources/fuzz");

  @Test
  @DisplayName("every target has inputs, and all inputs have a target")
  void complete() throws IOException {
    try (Stream<Path> folders = Files.list(CORPUS)) {
      Set<String> names = folders.map(folder -> folder.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(names, targets().stream()
          .map(name -> name.substring(name.lastIndexOf('.') + 1))
          .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @TestFactory
  Stream<DynamicNode> inputs() throws IOException {
    return targets().stream().map(name -> DynamicTest.dynamicTest(name, () -> replay(name)));
  }

  private static void replay(String name) throws Throwable {
    MethodHandle target = MethodHandles.publicLookup().findStatic(Class.forName(name),
        "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
    List<Path> inputs;
    try (Stream<Path> files = Files.list(CORPUS.resolve(name.substring(name.lastIndexOf('.') + 1)))) {
      inputs = files.sorted().toList();
    }
    assertTrue(inputs.size() > 1);
    for (Path input : inputs) {
      try {
        target.invokeExact(Files.readAllBytes(input));
      } catch (Throwable e) {
        throw new AssertionError("with the input " + input, e);
      }
    }
  }

  private static List<String> targets() throws IOException {
    try (Stream<Path> files = Files.walk(CODE)) {
      return files.map(file -> CODE.relativize(file).toString())
          .filter(file -> file.endsWith("Fuzz.java"))
          .map(file -> file.substring(0, file.length() - 5).replace('/', '.')).sorted().toList();
    }
  }
}
