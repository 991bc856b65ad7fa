import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import type { LedgerEvent } from "#lib/reports/ledger-event.ts";

/** What one event cost, or why that is not known; never a zero that nobody measured. */
export function EventCost({
  event,
  rate = null,
}: {
  readonly event: Pick<LedgerEvent, "cost" | "costStatus" | "kind">;
  /** Of its day, in the reporting currency. */
  readonly rate?: UsedRate | null;
}) {
  const t = useTranslations("Events");
  if (event.cost === null) {
    return event.kind === "model_call" ? (
      <span className="text-warn">{t("unpriced")}</span>
    ) : (
      <span className="text-faint">–</span>
    );
  }
  return (
    <>
      <Amount usd={event.cost} />
      {event.costStatus === "partial" && (
        <span className="text-warn" title={t("partialHint")}>
          {" "}
          {t("partial")}
        </span>
      )}
      {event.costStatus === "included" && (
        <span className="text-muted text-xs"> {t("included")}</span>
      )}
      <AtRate usd={event.cost} rate={rate} />
    </>
  );
}
