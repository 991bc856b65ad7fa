import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Which of axe's rules to look for; all of them when nothing is said. */
export type AxeRules = { readonly only?: string[]; readonly without?: string[] };

/** What axe has against the page, in a line each. */
export async function violations(
  page: Page,
  { only, without }: AxeRules = {},
): Promise<readonly string[]> {
  // There are no frames, for which alone axe would open another page.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (only !== undefined) axe.withRules(only);
  if (without !== undefined) axe.disableRules(without);
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = "" }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}
