import { useTranslations } from "next-intl";
import { percentOf } from "#app/_format/format-budget.ts";
import type { BudgetState, BudgetStatus } from "#lib/budgets/status.ts";
import { SpentOf } from "./spent-of.tsx";

const FILLS: { readonly [S in BudgetState]: string } = {
  over: "bg-danger",
  at_risk: "bg-warn",
  on_track: "bg-accent",
  unused: "bg-accent",
};

/** What is spent of a limit, with a tick for each threshold and a mark where the period will end. */
export function BudgetBar({ status }: { readonly status: BudgetStatus }) {
  const t = useTranslations("Budgets");
  const { budget, spent, limit, forecast, thresholds } = status;
  const spentPercent = percentOf(spent, limit.total);
  const expected = forecast === null ? null : percentOf(forecast.p50, limit.total);
  // Beyond the limit the scale gives way, so that the limit stays in sight.
  const full = Math.max(100, Math.min(200, Math.max(spentPercent, expected ?? 0)));
  const place = (percent: number) => `${(Math.min(percent, full) / full) * 100}%`;
  const told = thresholds.filter(({ kind }) => kind === "actual").map(({ percent }) => percent);
  // The limit is marked also where nothing is told at it.
  const ticks = [...new Set([...told, 100])];
  return (
    <div className="relative h-2.5 w-full rounded-full bg-sunken ring-1 ring-line ring-inset">
      <meter
        className="sr-only"
        aria-label={t("meter", { name: budget.name })}
        max={100}
        value={Math.min(100, Math.round(spentPercent))}
      >
        <SpentOf spent={spent} limit={limit.total} unit={budget.unit} />
      </meter>
      {expected !== null && expected > spentPercent && (
        <div
          className="absolute inset-y-0 left-0 rounded-full bg-line-strong"
          style={{ width: place(expected) }}
        />
      )}
      <div
        className={`absolute inset-y-0 left-0 rounded-full ${FILLS[status.state]}`}
        style={{ width: place(spentPercent) }}
      />
      {ticks
        .filter((percent) => percent < full || percent === 100)
        .map((percent) => (
          <span
            key={percent}
            title={told.includes(percent) ? t("thresholdAt", { percent }) : t("limit")}
            className={`absolute -inset-y-0.5 w-px ${percent === 100 ? "bg-text" : "bg-faint"}`}
            style={{ left: place(percent) }}
          />
        ))}
    </div>
  );
}
