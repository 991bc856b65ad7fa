import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Notice } from "#app/_components/notice.tsx";
import { formatDays } from "#app/_format/format-time.ts";
import { Difference } from "#app/_history/difference.tsx";
import { AmountAtRate, AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import type { WhatIfReplay } from "#lib/forecasting/read-usage-rows.ts";
import { multiplyFraction, type Usd } from "#lib/money/money.ts";

/** The bill of the 30 days, what it would have been, and what that is in a year. */
export function AnswerSummary({
  replay,
  rate,
}: {
  readonly replay: WhatIfReplay;
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("WhatIf");
  const locale = useLocale();
  const { actual, scenario, difference, unpricedCalls, leftOutCalls, period } = replay;
  const days = formatDays(new Date(period.fromMs), new Date(period.toMs), locale, period.timeZone);
  const perYear = multiplyFraction(difference, 365n, 30n);
  const share = changeOf(difference, actual, locale);
  return (
    <>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-4">
        <Figure name={t("actualOf", { days })}>
          <AmountAtRate usd={actual} rate={rate} />
        </Figure>
        <Figure name={t("scenario")}>
          <AmountAtRate usd={scenario} rate={rate} />
        </Figure>
        <Figure name={t("difference")} note={share}>
          <Difference usd={difference} />
          <AtRate usd={difference} rate={rate} />
        </Figure>
        <Figure name={t("perYear")} note={t("perYearNote")}>
          <Difference usd={perYear} />
          <AtRate usd={perYear} rate={rate} />
        </Figure>
      </dl>
      {unpricedCalls > 0 && (
        <Notice tone="warn" title={t("unpriced", { count: unpricedCalls })}>
          {t("unpricedHint")}
        </Notice>
      )}
      {leftOutCalls > 0 && (
        <Notice tone="warn" title={t("leftOut", { count: leftOutCalls })}>
          <Link href="/unpriced" className="underline">
            {t("leftOutHint")}
          </Link>
        </Notice>
      )}
    </>
  );
}

function Figure({
  name,
  note,
  children,
}: {
  readonly name: string;
  readonly note?: string | null;
  readonly children: ReactNode;
}) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="pt-1 font-semibold text-lg">
        {children}
        {note && <span className="figures block font-normal text-muted text-xs">{note}</span>}
      </dd>
    </div>
  );
}

function changeOf(difference: Usd, actual: Usd, locale: string): string | null {
  if (actual === 0n) return null;
  return new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  }).format(Number((difference * 100_000n) / actual) / 100_000);
}
