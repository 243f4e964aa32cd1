package dev.promptrunner.workflow;

import dev.promptrunner.base.Digest;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a two-pass model's workflows are edited for each job. One that exists has been checked
 * against its workflows, so that preparing a job cannot fail. Immutable.
 */
public final class Recipe {
  private final Path file;
  private final String name;
  private final String description;
  private final Numbers numbers;
  private final Map<Pass, PassRecipe> passes;
  private final Digest digest;

  Recipe(
      Path file,
      String name,
      String description,
      Numbers numbers,
      Map<Pass, PassRecipe> passes,
      JsonNode yaml) {
    this.file = file;
    this.name = name;
    this.description = description;
    this.numbers = numbers;
    this.passes = new EnumMap<>(passes);
    this.digest = digest(yaml, this.passes);
  }

  /** Reads the YAML file and the workflows that it names beside itself. */
  public static Reading<Recipe> read(Path file) {
    return RecipeReader.read(file);
  }

  public Path file() {
    return file;
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  public Numbers numbers() {
    return numbers;
  }

  /** The name of the model that the pass loads; passes with the same name need no swap. */
  public Optional<String> loads(Pass pass) {
    return pass(pass).loads();
  }

  /**
   * What is sent for a job of the pass. Cheap enough for each job, too dear for each of a plan.
   *
   * @param withReference whether {@link Variable#REFERENCE} conditions it; no matter for combines
   * @throws IllegalArgumentException when a variable that the recipe uses has no value
   */
  public PreparedWorkflow workflow(Pass pass, boolean withReference, Variables variables) {
    return pass(pass).prepare(withReference, variables);
  }

  /**
   * Everything that changes what is sent: comments, spaces, titles and descriptions do not count.
   */
  public Digest digest() {
    return digest;
  }

  PassRecipe pass(Pass pass) {
    PassRecipe recipe = passes.get(pass);
    if (recipe == null) {
      throw new IllegalStateException("a recipe has every pass: " + pass);
    }
    return recipe;
  }

  private static Digest digest(JsonNode yaml, Map<Pass, PassRecipe> passes) {
    JsonNode plain = yaml.deepCopy();
    if (plain instanceof ObjectNode object) {
      object.remove(List.of("name", "description"));
    }
    StringBuilder all = new StringBuilder(Trees.canonical(plain));
    passes.forEach((pass, recipe) -> all.append('\n').append(recipe.workflow().digest()));
    return Digest.of(all.toString());
  }

  @Override
  public String toString() {
    return name + " (" + file + ")";
  }
}
