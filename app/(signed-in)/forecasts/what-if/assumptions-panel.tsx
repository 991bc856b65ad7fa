import { useTranslations } from "next-intl";
import { Panel } from "#app/_components/panel.tsx";

const ASSUMPTIONS = [
  "usage",
  "price",
  "model",
  "cache",
  "batch",
  "people",
  "fees",
  "plan",
] as const;

/** How the answer is made, and what it takes for granted. */
export function AssumptionsPanel() {
  const t = useTranslations("WhatIf");
  return (
    <Panel title={t("how")}>
      <p className="px-4 pt-3 font-mono text-xs leading-relaxed">{t("formula")}</p>
      <ul className="list-disc space-y-1 py-3 pr-4 pl-9 text-muted">
        {ASSUMPTIONS.map((name) => (
          <li key={name}>{t(`assumptions.${name}`)}</li>
        ))}
      </ul>
    </Panel>
  );
}
