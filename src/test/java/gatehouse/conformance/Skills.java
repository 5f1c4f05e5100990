package gatehouse.conformance;

import gatehouse.mcp.Skill;

/** A skill (SEP-2640) with a file in a folder of its own. */
final class Skills {
  private Skills() {
  }

  static Skill demo() {
    return Skill.named("conformance-demo")
        .description("Shows what a skill looks like to a conformance suite.")
        .scopes(Fixtures.SCOPE)
        .instructions("# Conformance demo\n\nRead [the guide](references/guide.md) first.\n")
        .file("references/guide.md", "text/markdown", "# Guide\n\nThere is nothing to do.\n")
        .build();
  }
}
