import { useTranslations } from "next-intl";
import type { AnomalyScope } from "#lib/anomaly-control/sighting.ts";

/** "agent reviewer · team payments", or the organisation where nothing narrower is named. */
export function ScopeText({ scope }: { readonly scope: AnomalyScope }) {
  return useScopeText(scope);
}

export function useScopeText(scope: AnomalyScope): string {
  const t = useTranslations("Anomalies");
  const parts = (["agent", "team", "model"] as const).flatMap((name) =>
    scope[name] === undefined ? [] : [t(`subjects.${name}`, { value: scope[name] })],
  );
  return parts.length === 0 ? t("organization") : parts.join(" · ");
}
