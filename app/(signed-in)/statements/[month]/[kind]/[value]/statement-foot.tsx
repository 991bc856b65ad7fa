import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "#app/_format/format-time.ts";
import type { Statement } from "#lib/close/read-statement.ts";
import { CURRENCY } from "#lib/money/money.ts";

/** What the figures are of: currency, zone, moment, and for a closed month who closed it and its hash. */
export function StatementFoot({
  statement: { closing, timeZone, asOf, unpricedCalls },
}: {
  readonly statement: Statement;
}) {
  const t = useTranslations("Statements");
  const locale = useLocale();
  const at = (moment: Date) => formatMoment(moment, locale, timeZone);
  return (
    <footer className="mt-4 border-line border-t px-6 py-4 text-muted text-xs">
      <p>{t("foot", { currency: CURRENCY, zone: timeZone, at: at(asOf) })}</p>
      {unpricedCalls > 0n && (
        <p className="text-warn">{t("lowerBound", { count: Number(unpricedCalls) })}</p>
      )}
      {closing === null ? (
        <p>{t("openNote")}</p>
      ) : (
        <>
          <p>{t("closedBy", { who: closing.by, at: at(closing.at) })}</p>
          <p className="break-all">
            {t("hash")} <code>{closing.hash}</code>
          </p>
        </>
      )}
    </footer>
  );
}
