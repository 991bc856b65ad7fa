import { useLocale, useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatBucket } from "#app/_format/format-time.ts";
import type { BackTest } from "#lib/anomaly-control/back-test.ts";
import { RangeChart } from "../range-chart.tsx";
import { RangeTable } from "../range-table.tsx";

/** How often it would have fired, where, and how right that is by what people said. */
export function BackTestPanel({
  result: { incidents, days, labelled },
  timeZone,
}: {
  readonly result: BackTest;
  readonly timeZone: string;
}) {
  const t = useTranslations("Anomalies");
  const locale = useLocale();
  const percent = (value: number | null) =>
    value === null ? "–" : new Intl.NumberFormat(locale, { style: "percent" }).format(value);
  const points = days.map(({ day, actual, range, kind }) => ({
    label: formatBucket(day, "day", locale, timeZone),
    actual,
    range: range === null ? null : ([range.low, range.high] as const),
    isOdd: kind !== null,
  }));
  return (
    <Panel
      title={t("wouldHaveFired", { count: incidents.length })}
      note={t("scores", {
        notified: incidents.filter(({ isNotable }) => isNotable).length,
        precision: percent(labelled.precision),
        recall: percent(labelled.recall),
        labels: labelled.real + labelled.false,
      })}
    >
      {days.length === 0 ? (
        <Empty title={t("noHistory")} />
      ) : (
        <>
          <div className="px-4 pt-3 pb-4">
            <RangeChart description={t("series")} points={points} />
            <ul className="mt-3 flex flex-wrap gap-2 text-xs">
              {incidents.map(({ from, kind }) => (
                <li key={from.getTime()} className="rounded bg-sunken px-2 py-1">
                  {formatBucket(from, "day", locale, timeZone)} · {t(`kinds.${kind}`)}
                </li>
              ))}
            </ul>
          </div>
          <RangeTable points={points} />
        </>
      )}
    </Panel>
  );
}
