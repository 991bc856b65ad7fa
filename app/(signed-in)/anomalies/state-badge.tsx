import { useTranslations } from "next-intl";
import type { AnomalyState } from "#lib/anomaly-control/anomaly.ts";

const LOOKS: { readonly [S in AnomalyState]: string } = {
  open: "bg-danger-soft text-danger",
  acknowledged: "bg-warn-soft text-warn",
  expected: "bg-accent-soft text-text",
  resolved: "bg-sunken text-muted",
};

/** Where an anomaly stands, as a word; the colour only repeats it. */
export function StateBadge({ state }: { readonly state: AnomalyState }) {
  const t = useTranslations("Anomalies");
  return (
    <span className={`whitespace-nowrap rounded px-1.5 py-0.5 font-medium text-xs ${LOOKS[state]}`}>
      {t(`states.${state}`)}
    </span>
  );
}
