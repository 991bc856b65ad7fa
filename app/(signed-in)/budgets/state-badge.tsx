import { useTranslations } from "next-intl";
import type { BudgetState } from "#lib/budgets/status.ts";

const LOOKS: { readonly [S in BudgetState]: string } = {
  over: "bg-danger-soft text-danger",
  at_risk: "bg-warn-soft text-warn",
  on_track: "bg-accent-soft text-text",
  unused: "bg-sunken text-muted",
};

/** Where a budget stands, as a word; the colour only repeats it. */
export function StateBadge({ state }: { readonly state: BudgetState }) {
  const t = useTranslations("Budgets");
  return (
    <span className={`whitespace-nowrap rounded px-1.5 py-0.5 font-medium text-xs ${LOOKS[state]}`}>
      {t(`states.${state}`)}
    </span>
  );
}
