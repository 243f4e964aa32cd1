package dev.promptrunner.execution;

import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.Product;
import dev.promptrunner.plan.Role;
import dev.promptrunner.plan.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a server is asked to render.
 *
 * @param promptId lower-case UUID, stored before anything is sent
 * @param maybeSent whether it may be on the server already
 * @param inputs files on this machine, by the recipe's variable
 * @param products what must come back
 * @param staging an empty or missing folder of the order's own for its outputs, on the file system
 *     of the output root
 */
public record RenderOrder(
    JobId job,
    String promptId,
    boolean maybeSent,
    Task.OnServer task,
    Map<String, Path> inputs,
    List<Product> products,
    Path staging) {
  public RenderOrder {
    inputs = Map.copyOf(inputs);
    products = List.copyOf(products);
  }

  /** {@code walk_job_001}: how the order's first file is named on the server too. */
  public String stem() {
    return stem(products.getFirst());
  }

  /** The product's file name without its ending. */
  public static String stem(Product product) {
    String name = product.path().substring(product.path().lastIndexOf('/') + 1);
    // A result gets its ending from what the server makes; a dot in its name is none.
    return product.role() == Role.RESULT ? name : name.substring(0, name.lastIndexOf('.'));
  }
}
