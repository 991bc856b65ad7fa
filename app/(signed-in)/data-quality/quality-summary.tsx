import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { formatClock } from "#app/_format/format-time.ts";
import { subtractUsd } from "#lib/money/money.ts";
import type { DataQuality } from "#lib/reports/data-quality.ts";

/** The sizes of the findings, worst news first to see. */
export function QualitySummary({
  quality,
  timeZone,
}: {
  readonly quality: DataQuality;
  readonly timeZone: string;
}) {
  const t = useTranslations("Quality");
  const locale = useLocale();
  const { cost, totalCost } = quality.unallocated;
  const coverage = formatShare(subtractUsd(totalCost, cost), totalCost, locale);
  const sum = (counts: readonly { readonly count: number }[]) =>
    counts.reduce((total, { count }) => total + count, 0);
  const unpriced = quality.unpriced.reduce((total, { calls }) => total + calls, 0);
  const tiles = [
    { name: "unpricedCalls", figure: <Count value={unpriced} />, bad: unpriced > 0 },
    { name: "unallocatedSpend", figure: <Amount usd={cost} />, bad: cost > 0n },
    {
      name: "rejectedItems",
      figure: <Count value={sum(quality.rejected)} />,
      bad: sum(quality.rejected) > 0,
    },
    { name: "notCountedRows", figure: <Count value={sum(quality.notCounted)} />, bad: false },
  ] as const;
  return (
    <div className="flex flex-col gap-2">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line *:bg-surface lg:grid-cols-4">
        {tiles.map(({ name, figure, bad }) => (
          <div key={name} className="px-4 py-3.5">
            <dt className="text-muted">{t(name)}</dt>
            <dd
              className={`mt-1 font-semibold text-figure tracking-tight ${bad ? "text-warn" : ""}`}
            >
              {figure}
            </dd>
            <dd className="mt-0.5 text-muted text-xs">
              {name === "unallocatedSpend"
                ? t("coverage", { share: coverage ?? "–" })
                : t(`notes.${name}`)}
            </dd>
          </div>
        ))}
      </dl>
      <p className="figures text-muted text-xs">
        {t("asOf", { time: formatClock(quality.asOf, locale, timeZone) })}
      </p>
    </div>
  );
}
