import { getLocale, getTranslations } from "next-intl/server";
import { formatHour } from "#app/_format/format-time.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { RuleVersion } from "#lib/organization/rules.ts";

/** Of which events a version is asked, in the organisation's zone. */
export async function RuleSpan({
  rule: { effectiveFrom, effectiveTo },
}: {
  readonly rule: Pick<RuleVersion, "effectiveFrom" | "effectiveTo">;
}) {
  const [t, locale, { timeZone }] = await Promise.all([
    getTranslations("Rules.span"),
    getLocale(),
    currentOrganization(),
  ]);
  const [from = "", to = ""] = [effectiveFrom, effectiveTo].map(
    (at) => at && formatHour(at, locale, timeZone),
  ) as (string | undefined)[];
  if (from && to) return t("both", { from, to });
  if (from) return t("from", { from });
  return to ? t("to", { to }) : t("always");
}
