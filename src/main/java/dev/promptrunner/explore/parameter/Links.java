package dev.promptrunner.explore.parameter;

import dev.promptrunner.workflow.Input;
import dev.promptrunner.workflow.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Proposes which parameters should change together: the seeds of a workflow, what the two experts
 * of a model share, and the step at which one hands over to the other.
 */
public final class Links {
  /**
   * Some parameters that get one value in every run.
   *
   * @param first names them all
   * @param followers at least one
   */
  public record Link(Parameter first, List<Parameter> followers) {
    public Link {
      followers = List.copyOf(followers);
    }
  }

  private static final Map<String, String> OTHER_EXPERT = Map.of("high", "low", "base", "refiner");

  /** Where a sampler begins and ends is its own, whatever its twin does. */
  private static final Set<String> OWN =
      Set.of("start_at_step", "end_at_step", "start_step", "end_step", "denoise");

  private static final Set<String> SHARED_CHOICES = Set.of("sampler_name", "scheduler");
  private static final Set<String> LATENTS = Set.of("latent_image", "samples");

  private final Parameters all;
  private final List<Link> links = new ArrayList<>();
  private final Set<Parameter> taken = new HashSet<>();

  private Links(Parameters all) {
    this.all = all;
  }

  /** In the order of the parameters; no parameter is in two of them. */
  public static List<Link> of(Parameters parameters) {
    Links links = new Links(parameters);
    links.seeds();
    parameters.all().forEach(links::border);
    parameters.all().forEach(links::twin);
    return links.links.stream()
        .sorted(Comparator.comparingInt(link -> parameters.all().indexOf(link.first)))
        .toList();
  }

  /** The first that makes noise leads the others. */
  private void seeds() {
    List<Parameter> seeds =
        all.all().stream()
            .filter(parameter -> parameter.type() == ParameterType.SEED)
            .sorted(Comparator.comparing(this::isSilent))
            .toList();
    if (seeds.size() > 1) {
      add(seeds.getFirst(), seeds.subList(1, seeds.size()));
    }
  }

  private boolean isSilent(Parameter seed) {
    return all.workflow()
        .node(seed.node())
        .flatMap(node -> node.input("add_noise"))
        .filter(input -> input instanceof Input.Literal(JsonNode v) && isOff(v))
        .isPresent();
  }

  private static boolean isOff(JsonNode value) {
    return value.asString("").equals("disable") || (value.isBoolean() && !value.booleanValue());
  }

  /** The step after which the next sampler, which reads this one's latent, goes on. */
  private void border(Parameter end) {
    if (end.field().startsWith("end_")) {
      find(next ->
              next.field().equals(end.field().replaceFirst("end_", "start_"))
                  && sameValue(next, end)
                  && follows(next, end))
          .ifPresent(next -> add(end, List.of(next)));
    }
  }

  private boolean follows(Parameter next, Parameter parameter) {
    return all.workflow()
        .node(next.node())
        .filter(
            node ->
                all.graph()
                    .sources(node, LATENTS)
                    .anyMatch(source -> source.id().equals(parameter.node())))
        .isPresent();
  }

  /** The same input of the other expert, or of the sampler that goes on, with the same value. */
  private void twin(Parameter parameter) {
    if (!isShared(parameter)) {
      return;
    }
    find(other ->
            other.field().equals(parameter.field())
                && other.classType().equals(parameter.classType())
                && sameValue(other, parameter)
                && (otherExpert(parameter).contains(other.name())
                    || (isSplit(parameter) && follows(other, parameter))))
        .ifPresent(other -> add(parameter, List.of(other)));
  }

  private static boolean isShared(Parameter parameter) {
    return (parameter.type().hasRange() || SHARED_CHOICES.contains(parameter.field()))
        && !OWN.contains(parameter.field());
  }

  /** {@code sampler_low_cfg} for {@code sampler_high_cfg}. */
  private static Set<String> otherExpert(Parameter parameter) {
    List<String> words = List.of(parameter.name().split("_"));
    Set<String> names = new HashSet<>();
    for (int i = 0; i < words.size(); i++) {
      String other = OTHER_EXPERT.get(words.get(i));
      if (other != null) {
        List<String> changed = new ArrayList<>(words);
        changed.set(i, other);
        names.add(String.join("_", changed));
      }
    }
    return names;
  }

  /** Whether its node samples a part of the steps. */
  private boolean isSplit(Parameter parameter) {
    return all.workflow()
        .node(parameter.node())
        .filter(node -> OWN.stream().anyMatch(own -> !own.equals("denoise") && has(node, own)))
        .isPresent();
  }

  private static boolean has(Node node, String field) {
    return node.input(field).isPresent();
  }

  private static boolean sameValue(Parameter a, Parameter b) {
    return a.number().isPresent()
        ? b.number().filter(number -> number.compareTo(a.number().get()) == 0).isPresent()
        : a.value().equals(b.value());
  }

  private Optional<Parameter> find(Predicate<Parameter> wanted) {
    return all.all().stream().filter(wanted).filter(one -> !taken.contains(one)).findFirst();
  }

  private void add(Parameter first, List<Parameter> followers) {
    if (taken.add(first)) {
      taken.addAll(followers);
      links.add(new Link(first, followers));
    }
  }
}
