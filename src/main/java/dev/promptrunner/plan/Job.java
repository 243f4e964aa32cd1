package dev.promptrunner.plan;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.WorkKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing to do, with all that it needs and leaves.
 *
 * @param number the seed rule's job number for renders, the combine's number otherwise; from 1
 * @param chunk the chunk it belongs to, from 0
 * @param variant tells it from the job of the same id in the layout that the settings ask for;
 *     empty when it is that job
 */
public record Job(
    JobId id,
    JobKind kind,
    int number,
    int chunk,
    List<Need> needs,
    List<Product> products,
    Task task,
    String variant) {
  public Job {
    needs = List.copyOf(needs);
    products = List.copyOf(products);
  }

  /** A job of the layout that the settings ask for. */
  public Job(
      JobId id,
      JobKind kind,
      int number,
      int chunk,
      List<Need> needs,
      List<Product> products,
      Task task) {
    this(id, kind, number, chunk, needs, products, task, "");
  }

  Job as(String other) {
    return new Job(id, kind, number, chunk, needs, products, task, other);
  }

  /** The product of this role, when the job makes one. */
  public Optional<Product> product(Role role) {
    return products.stream().filter(product -> product.role() == role).findFirst();
  }

  /** The jobs that must be done before. */
  public List<JobId> after() {
    return needs.stream()
        .filter(Need.Made.class::isInstance)
        .map(need -> ((Need.Made) need).by())
        .distinct()
        .toList();
  }

  /**
   * What the outputs were made from: the same fingerprint is the same work (design rule 5).
   *
   * @param inputs the digest of each need by variable
   */
  public Digest fingerprint(WorkKey key, Map<String, Digest> inputs) {
    StringBuilder text = new StringBuilder(key.toString()).append('\n').append(id.label());
    if (!variant.isEmpty()) {
      text.append('\n').append(variant);
    }
    new TreeMap<>(inputs)
        .forEach((name, digest) -> text.append('\n').append(name).append('=').append(digest));
    return Digest.of(text.toString());
  }
}
