package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.workflow.Pass;
import dev.promptrunner.workflow.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraPairsTest {
  private static final String PLACE = "(node 298, lora)";

  private static List<Finding> look(String high, String low) {
    List<RecipeFiles.Use> uses = new ArrayList<>();
    uses.add(new RecipeFiles.Use(Pass.HIGH, "298", "lora", high));
    if (!low.isEmpty()) {
      uses.add(new RecipeFiles.Use(Pass.LOW, "298", "lora", low));
    }
    // Models are no LoRAs, however they are named.
    uses.add(new RecipeFiles.Use(Pass.HIGH, "4", "model", "Wan2.2_HIGH_Low_Noise_VACE.gguf"));
    uses.add(new RecipeFiles.Use(Pass.LOW, "4", "model", "Wan2.2_T2V_Low_Noise_VACE.gguf"));
    return LoraPairs.look(new RecipeFiles(uses, Set.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "wan2.2_high_t2v.safetensors, wan2.2_low_t2v.safetensors",
    "Wan22-Lightning-HIGH.safetensors, Wan22-Lightning-LOW.safetensors",
    "WanHighNoise_x.safetensors, WanLowNoise_x.safetensors",
    "a/x_h.safetensors, b/x_l.safetensors",
    "character.safetensors, character.safetensors",
  })
  void names_that_differ_in_high_and_low_alone_belong_together(String high, String low) {
    assertThat(look(high, low))
        .containsExactly(
            Finding.ok(
                Area.MODELS, "LoRA pairs", "what HIGH and LOW load in 1 places belongs together"));
  }

  @Test
  void other_names_are_a_warning() {
    assertThat(look("walk_high.safetensors", "run_low.safetensors"))
        .containsExactly(
            Finding.warning(
                Area.MODELS,
                "LoRA pairs",
                "HIGH loads 'walk_high.safetensors' and LOW 'run_low.safetensors' "
                    + PLACE
                    + ", whose names differ in more than high and low",
                "see whether they were trained together; if so, this does no harm"));
  }

  @ParameterizedTest
  @CsvSource({
    "x_low.safetensors, x_high.safetensors",
    "x_high.safetensors, x_high.safetensors",
    "x_low.safetensors, x_low.safetensors",
  })
  void sides_that_are_swapped_or_doubled_are_a_warning(String high, String low) {
    assertThat(look(high, low))
        .containsExactly(
            Finding.warning(
                Area.MODELS,
                "LoRA pairs",
                "HIGH loads '%s' and LOW '%s' %s: by their names it is the other way round or"
                        .formatted(high, low, PLACE)
                    + " twice the same side",
                "let each pass load its own side in the recipe"));
  }

  @Test
  void one_without_its_other_is_a_warning() {
    assertThat(look("x_high.safetensors", ""))
        .containsExactly(
            Finding.warning(
                Area.MODELS,
                "LoRA pairs",
                "HIGH loads 'x_high.safetensors' " + PLACE + " and LOW none there",
                "give LOW its own in the recipe, unless the LoRA is for HIGH alone"));
  }

  @Test
  void a_recipe_without_any_is_fine() {
    assertThat(LoraPairs.look(new RecipeFiles(List.of(), Set.of())))
        .containsExactly(Finding.ok(Area.MODELS, "LoRA pairs", "the recipe loads no LoRA"));
  }

  @Test
  void the_shipped_recipe_loads_what_it_says() {
    Recipe recipe = Recipe.read(Path.of("workflows/wan22-vace.yaml")).orThrow();
    RecipeFiles files = RecipeFiles.of(recipe);
    assertThat(files.models())
        .contains(
            new RecipeFiles.Use(
                Pass.HIGH, "4", "model", "Wan2.2_HIGH_Low_Noise_14B_VACE-Q8_0.gguf"),
            new RecipeFiles.Use(Pass.LOW, "309:298", "lora", "wan2.2_low_t2v.safetensors"));
    assertThat(files.names()).contains("wan_2.1_vae.safetensors").doesNotHaveDuplicates();
    assertThat(files.classes()).contains("WanVideoSampler", "VHS_VideoCombine");
    assertThat(LoraPairs.look(files)).hasSize(1).allMatch(one -> one.level() == Level.OK);
  }
}
