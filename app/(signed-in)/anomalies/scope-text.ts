import type { useTranslations } from "next-intl";
import type { AnomalyScope } from "#lib/anomaly-control/sighting.ts";

/** "agent reviewer · team payments", or the organisation where nothing narrower is named. */
export function scopeText(
  scope: AnomalyScope,
  t: ReturnType<typeof useTranslations<"Anomalies">>,
): string {
  const parts = (["agent", "team", "model"] as const).flatMap((name) =>
    scope[name] === undefined ? [] : [t(`subjects.${name}`, { value: scope[name] })],
  );
  return parts.length === 0 ? t("organization") : parts.join(" · ");
}
