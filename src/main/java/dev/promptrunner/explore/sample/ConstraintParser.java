package dev.promptrunner.explore.sample;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Reading;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads one constraint. One use, one thread. */
final class ConstraintParser {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** An exponent of more digits would take all memory when added. */
  private static final String NUMBER =
      "(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?(?![\\p{L}\\p{N}_.:])";

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>"
              + NUMBER
              + ")|(?<name>[\\p{L}\\p{N}_][\\p{L}\\p{N}_.:]*)"
              + "|(?<text>'[^']*'|\"[^\"]*\")|(?<sign>[<>=!]=|[<>+=-]))\\s*");

  private final String text;
  private final String where;
  private final Deque<Token> tokens = new ArrayDeque<>();

  private enum Kind {
    NUMBER,
    NAME,
    TEXT,
    SIGN
  }

  private record Token(Kind kind, String text) {
    boolean isSign(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }
  }

  /** Stops the reading; carries what the user reads. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    Unreadable(Problem problem) {
      super(problem.what());
      this.problem = problem;
    }
  }

  ConstraintParser(String text, String where) {
    this.text = text.strip();
    this.where = where;
  }

  Reading<Constraint> parse() {
    try {
      tokenize();
      Expression left = side();
      Comparison comparison = comparison();
      Expression right = side();
      end(left, comparison, right);
      return new Reading.Good<>(new Constraint(where, text, left, comparison, right));
    } catch (Unreadable e) {
      return Reading.bad(e.problem);
    }
  }

  private void tokenize() throws Unreadable {
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        throw unreadable(
            "cannot be read from '" + text.substring(at) + "'",
            "use names, paths, numbers, + and -, and put a text in quotes");
      }
      tokens.add(token(matcher));
      at = matcher.end();
    }
  }

  private static Token token(Matcher matcher) {
    for (Kind kind : Kind.values()) {
      String found = matcher.group(kind.name().toLowerCase(Locale.ROOT));
      if (found != null) {
        return new Token(kind, found);
      }
    }
    throw new IllegalStateException("a token of no kind: " + matcher.group());
  }

  private Expression side() throws Unreadable {
    List<Expression.Term> terms = new ArrayList<>();
    terms.add(term());
    while (next("+") || next("-")) {
      terms.add(term());
    }
    return new Expression(terms);
  }

  private boolean next(String sign) {
    return !tokens.isEmpty() && tokens.element().isSign(sign);
  }

  /** With the signs before it. */
  private Expression.Term term() throws Unreadable {
    boolean negative = false;
    while (next("+") || next("-")) {
      negative ^= tokens.remove().isSign("-");
    }
    Token token = Optional.ofNullable(tokens.poll()).orElseThrow(this::incomplete);
    return switch (token.kind) {
      case NUMBER -> {
        BigDecimal number = new BigDecimal(token.text);
        yield literal(NODES.numberNode(negative ? number.negate() : number));
      }
      case NAME -> new Expression.Term.Name(token.text, negative);
      case TEXT -> literal(NODES.stringNode(token.text.substring(1, token.text.length() - 1)));
      case SIGN -> throw incomplete();
    };
  }

  private static Expression.Term literal(JsonNode value) {
    return new Expression.Term.Literal(value);
  }

  private Comparison comparison() throws Unreadable {
    Token token = Optional.ofNullable(tokens.poll()).orElseThrow(this::incomplete);
    if (token.isSign("=")) {
      throw unreadable("has a single =", "write == to compare");
    }
    return Comparison.of(token.text).orElseThrow(() -> misplaced(token));
  }

  private void end(Expression left, Comparison comparison, Expression right) throws Unreadable {
    if (!tokens.isEmpty()) {
      Token token = tokens.element();
      throw Comparison.of(token.text).isPresent()
          ? unreadable("compares twice", "write two constraints")
          : misplaced(token);
    }
    boolean computed = comparison.isOrder() || left.isSum() || right.isSum();
    if (computed && (left.hasText() || right.hasText())) {
      throw unreadable("computes with a text", "compare a text with == or !=");
    }
  }

  private Unreadable incomplete() {
    return unreadable(
        "is not complete", "write two values and < <= > >= == or !=, as in high_steps < steps");
  }

  private Unreadable misplaced(Token token) {
    return unreadable(
        "has '" + token.text + "' where an operator is missing",
        "write one comparison of two values, as in high_steps < steps");
  }

  private Unreadable unreadable(String what, String remedy) {
    return new Unreadable(new Problem(where, "the constraint '" + text + "' " + what, "", remedy));
  }
}
