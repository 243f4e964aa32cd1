package dev.promptrunner.execution;

import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.Product;
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
    Task.Render task,
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
    String path = product.path();
    return path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
  }
}
