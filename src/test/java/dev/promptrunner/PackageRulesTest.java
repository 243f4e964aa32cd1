package dev.promptrunner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The package table of docs/architecture.md: what is not in a package's row it may not import. */
class PackageRulesTest {
  private static final String ROOT = "dev.promptrunner.";
  private static final String EVERY_PART =
      "base event prompt workflow plan store comfy media execution delivery pod simulator config"
          + " metrics notice explore sheet";

  private static final Map<String, String> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("base", ""),
          Map.entry("event", "base"),
          Map.entry("prompt", "base"),
          Map.entry("workflow", "base"),
          Map.entry("plan", "base prompt workflow"),
          Map.entry("explore", "base prompt workflow plan"),
          // What exploring left, to look at: docs/adr/0008.
          Map.entry("sheet", "base explore"),
          Map.entry("store", "base event"),
          Map.entry("comfy", "base event workflow"),
          Map.entry("media", "base"),
          Map.entry("execution", "base event plan workflow store"),
          Map.entry("delivery", "base event"),
          Map.entry("pod", "base event"),
          // Both only listen: docs/adr/0006.
          Map.entry("metrics", "base event"),
          Map.entry("notice", "base event"),
          Map.entry("simulator", "base workflow media"),
          Map.entry("config", "base pod notice"),
          Map.entry("app", EVERY_PART),
          // The console listens to events: docs/adr/0001.
          Map.entry("cli", "base event prompt plan explore sheet config app"));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.promptrunner");

  @TestFactory
  Stream<DynamicTest> each_package_imports_only_what_its_row_names() {
    return MAY_IMPORT.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(row.getKey(), () -> check(row.getKey(), row.getValue())));
  }

  private static void check(String name, String row) {
    List<String> allowed =
        Stream.concat(Stream.of(name), Arrays.stream(row.split(" ")))
            .filter(part -> !part.isEmpty())
            .map(part -> ROOT + part)
            .toList();
    DescribedPredicate<JavaClass> forbidden =
        DescribedPredicate.describe(
            "in a package that its row does not name",
            other ->
                other.getPackageName().startsWith(ROOT)
                    && allowed.stream()
                        .noneMatch(
                            part ->
                                other.getPackageName().equals(part)
                                    || other.getPackageName().startsWith(part + ".")));
    noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat(forbidden)
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void every_package_has_a_row() {
    classes()
        .should()
        .resideInAnyPackage(
            MAY_IMPORT.keySet().stream().map(name -> ROOT + name + "..").toArray(String[]::new))
        .check(MAIN);
  }

  @Test
  void no_packages_import_each_other_in_a_circle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void only_media_knows_ffmpeg() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "media..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(MAIN);
  }

  /** Design rule 9: time is an argument. */
  @Test
  void nobody_reads_the_clock_or_sleeps_outside_base() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "base..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .because("Clock and Sleeper are injected; only the composition root names the real ones")
        .check(MAIN);
  }
}
