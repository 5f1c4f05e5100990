package gatehouse.mcp;

import gatehouse.guard.Access;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that a server offers, by kind, and how it is found.
 *
 * <p>The files of a skill are resources (SEP-2640): its {@code SKILL.md} is listed among them, the
 * others are only found by their URIs.
 */
final class Catalog {
  final Registry<Tool> tools = new Registry<>("tool");
  final Registry<Resource> resources = new Registry<>("resource");
  final Registry<Prompt> prompts = new Registry<>("prompt");
  final Registry<Skill> skills = new Registry<>("skill");

  /** The capability as the server declares it, or whether methods that need it exist. */
  boolean offers(String capability) {
    return switch (capability) {
      case "tools" -> true; // a server with no tools yet still has the list of them
      case "prompts" -> !prompts.isEmpty();
      case "resources" -> !resources.isEmpty() || !skills.isEmpty();
      case "completions" -> prompts.all().stream().anyMatch(p -> !p.completers().isEmpty())
          || resources.all().stream().anyMatch(r -> !r.completers().isEmpty());
      case Skills.EXTENSION -> !skills.isEmpty();
      case Tasks.EXTENSION -> tools.all().stream().anyMatch(Tool::tasks);
      default -> false;
    };
  }

  /** What {@code resources/list} or {@code resources/templates/list} is made of. */
  List<Resource> resources(boolean templates) {
    List<Resource> found = new ArrayList<>(resources.all());
    skills.all().forEach(skill -> found.add(skill.main()));
    found.removeIf(resource -> resource.isTemplate() != templates);
    return found;
  }

  /** What is read at the URI, or null. What was declared as it is wins over a template. */
  Resource resource(String uri) {
    Resource exact = resources.get(uri);
    if (exact != null && !exact.isTemplate()) {
      return exact;
    }
    for (Skill skill : skills.all()) {
      for (Resource file : skill.files()) {
        if (file.uri().equals(uri)) {
          return file;
        }
      }
    }
    for (Resource resource : resources.all()) {
      if (resource.match(uri) != null) {
        return resource;
      }
    }
    return null;
  }

  /** Whether there is something at the URI that the caller may read. */
  boolean isReadable(String uri, Access access) {
    Resource resource = resource(uri);
    return resource != null && access.permits(resource.scopes());
  }

  /** Those that the caller may use, or all of them. */
  static <T extends Offer> List<T> visible(List<T> all, Access access, boolean everything) {
    return everything ? all
        : all.stream().filter(offer -> access.permits(offer.scopes())).toList();
  }

  Set<String> scopes() {
    Set<String> scopes = new TreeSet<>();
    for (Collection<? extends Offer> offers
        : List.of(tools.all(), resources.all(), resources(false), prompts.all())) {
      offers.forEach(offer -> scopes.addAll(offer.scopes()));
    }
    return scopes;
  }
}
