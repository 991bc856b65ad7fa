import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { subtractUsd } from "#lib/money/money.ts";
import type { DataQuality } from "#lib/reports/data-quality.ts";

/** The sizes of the findings; each goes to its part of the page. */
export function QualitySummary({
  quality,
  unknownCalls,
}: {
  readonly quality: DataQuality;
  readonly unknownCalls: number;
}) {
  const t = useTranslations("Quality");
  const locale = useLocale();
  const { cost, totalCost } = quality.unallocated;
  const coverage = formatShare(subtractUsd(totalCost, cost), totalCost, locale);
  const unpriced = quality.unpriced.reduce((total, { calls }) => total + calls, 0);
  const bounds = quality.flags.find(({ name }) => name === "cache_unreported")?.count ?? 0;
  const rejected = sum(quality.rejected);
  return (
    <div className="flex flex-col gap-2">
      <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line *:bg-surface lg:grid-cols-3 xl:grid-cols-6">
        <Tile
          name="rejectedItems"
          to="rejected"
          figure={<Count value={rejected} />}
          isBad={rejected > 0}
        />
        <Tile
          name="unknownCalls"
          to="unknown"
          figure={<Count value={unknownCalls} />}
          isBad={unknownCalls > 0}
        />
        <Tile
          name="unpricedCalls"
          to="unpriced"
          figure={<Count value={unpriced} />}
          isBad={unpriced > 0}
        />
        <Tile
          name="unallocatedSpend"
          to="unallocated"
          figure={<Amount usd={cost} />}
          isBad={cost > 0n}
          note={coverage === null ? t("noSpend") : t("coverage", { share: coverage })}
        />
        <Tile name="upperBounds" to="marks" figure={<Count value={bounds} />} isBad={bounds > 0} />
        <Tile
          name="notCountedRows"
          to="not-counted"
          figure={<Count value={sum(quality.notCounted)} />}
        />
      </ul>
    </div>
  );
}

function Tile({
  name,
  to,
  figure,
  isBad = false,
  note,
}: {
  readonly name: string;
  readonly to: string;
  readonly figure: ReactNode;
  readonly isBad?: boolean;
  readonly note?: string;
}) {
  const t = useTranslations("Quality");
  return (
    <li>
      <a href={`#${to}`} className="block h-full px-4 py-3.5 hover:bg-hover">
        <span className="block text-muted">{t(name)}</span>
        <span
          className={`mt-1 block font-semibold text-figure tracking-tight ${isBad ? "text-warn" : ""}`}
        >
          {figure}
        </span>
        <span className="mt-0.5 block text-muted text-xs">{note ?? t(`notes.${name}`)}</span>
      </a>
    </li>
  );
}

function sum(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}
