package io.milvus.cdc.examples.e2e.bench;

import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Brings the local stack up and gives a test, and what runs before and after it, one {@link Bench}
 * on it; closes that in the end. A bench asked for before all tests is shared by them.
 */
public final class OneBench implements ParameterResolver {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(OneBench.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Bench.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(STORE)
        .computeIfAbsent(
            Bench.class, type -> Bench.open(nameOf(context.getRequiredTestClass())), Bench.class);
  }

  private static String nameOf(Class<?> test) {
    return test.getSimpleName().replace("E2E", "").toLowerCase(Locale.ROOT);
  }
}
