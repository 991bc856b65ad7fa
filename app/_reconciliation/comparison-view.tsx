import { useLocale, useTranslations } from "next-intl";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatUsd } from "#app/_format/format-usd.ts";
import { AmountAtRate, AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { ComparisonBody, InvoiceBody } from "#app/api/v1/_lib/reconciliations.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { GapReason } from "#lib/reconciliation/comparison.ts";
import type { ComparedBy } from "#lib/reconciliation/comparison-columns.ts";
import { ComparedTable } from "./compared-table.tsx";
import { formatGapShare } from "./format-gap-share.ts";

/** What is behind the ledger's side of a row. */
export type OursHref = (row: {
  readonly providers: readonly string[];
  readonly model?: string;
  readonly day?: string;
}) => string;

export type ComparisonTexts = import("zod").output<typeof ComparisonBody>;
type InvoiceAmounts = import("zod").output<typeof InvoiceBody>["amounts"];

/** An invoice beside the ledger: the gap, why, and both sides as finely as the invoice tells. */
export function ComparisonView({
  comparison,
  amounts,
  id = null,
  rate = null,
  hrefOf = null,
  children,
}: {
  readonly comparison: ComparisonTexts;
  /** Whose the amounts of the file's side are. */
  readonly amounts: InvoiceAmounts;
  /** Of an invoice that is kept: its tables can be taken away. */
  readonly id?: string | null;
  /** Of the month, into the reporting currency. */
  readonly rate?: UsedRate | null;
  readonly hrefOf?: OursHref | null;
  /** What may be done about it: behind the reasons, before the long tables. */
  readonly children?: React.ReactNode;
}) {
  const t = useTranslations("Reconciliation");
  const locale = useLocale();
  const { by_provider, by_model, by_token_class, by_day, reasons } = comparison;
  const csvOf = (by: ComparedBy, what: string) =>
    id !== null && (
      <CsvLink href={`/api/v1/export/reconciliation.csv?id=${id}&by=${by}`} what={what} />
    );
  const settled = parseUsd(comparison.settled);
  return (
    <>
      {settled !== 0n && <Notice title={t("settled", { amount: formatUsd(settled, locale) })} />}
      <GapFigures {...{ comparison, amounts, rate, hrefOf }} />
      <div className="grid gap-5 lg:grid-cols-2">
        <Panel title={t("reasons")} note={t("reasonsNote")} actions={csvOf("reason", t("reasons"))}>
          <ReasonTable reasons={reasons} />
        </Panel>
        <Panel title={t("byProvider")} actions={csvOf("provider", t("byProvider"))}>
          <ComparedTable rows={by_provider} by="provider" hrefOf={hrefOf} />
        </Panel>
      </div>
      {children}
      <Panel title={t("byModel")} actions={csvOf("model", t("byModel"))}>
        <ComparedTable rows={by_model} by="model" hrefOf={hrefOf} />
      </Panel>
      <Panel title={t("byClass")} actions={csvOf("class", t("byClass"))}>
        <ComparedTable rows={by_token_class} by="class" hrefOf={hrefOf} />
      </Panel>
      {by_day.length > 0 && (
        <Panel title={t("byDay")} note={t("byDayNote")} actions={csvOf("day", t("byDay"))}>
          <ComparedTable rows={by_day} by="day" hrefOf={hrefOf} />
        </Panel>
      )}
    </>
  );
}

function GapFigures({
  comparison,
  amounts,
  rate,
  hrefOf,
}: {
  readonly comparison: ComparisonTexts;
  readonly amounts: InvoiceAmounts;
  readonly rate: UsedRate | null;
  readonly hrefOf: OursHref | null;
}) {
  const t = useTranslations("Reconciliation");
  const locale = useLocale();
  const { invoiced, ours, gap, gap_share: share } = comparison;
  const providers = comparison.by_provider.map(({ provider }) => provider);
  const isClean = share !== null && Math.abs(Number(share)) < CLEAN;
  return (
    <dl className="grid gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3">
      <Figure name={t("invoiced")} note={t(amounts === "file" ? "invoicedNote" : "countedNote")}>
        <AmountAtRate usd={parseUsd(invoiced)} rate={rate} />
      </Figure>
      <Figure name={t("ours")} note={t("oursNote")}>
        <FigureLink href={hrefOf?.({ providers }) ?? null}>
          <AmountAtRate usd={parseUsd(ours)} rate={rate} />
        </FigureLink>
      </Figure>
      <Figure name={t("gap")} note={t(isClean ? "clean" : "notClean")}>
        <SignedAmount usd={parseUsd(gap)} />
        {share !== null && (
          <span className={`figures ml-2 text-sm ${isClean ? "text-good" : "text-warn"}`}>
            {formatGapShare(share, locale)}
          </span>
        )}
        <AtRate usd={parseUsd(gap)} rate={rate} />
      </Figure>
    </dl>
  );
}

/** What a clean month's gap is below. */
const CLEAN = 0.01;

function Figure({
  name,
  note,
  children,
}: {
  readonly name: string;
  readonly note: string;
  readonly children: React.ReactNode;
}) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-muted">{name}</dt>
      <dd className="figures font-semibold text-lg">{children}</dd>
      <dd className="text-muted text-xs">{note}</dd>
    </div>
  );
}

function ReasonTable({ reasons }: { readonly reasons: ComparisonTexts["reasons"] }) {
  const t = useTranslations("Reconciliation");
  if (reasons.length === 0) return <p className="px-4 py-3 text-muted">{t("noGap")}</p>;
  return (
    <Table caption={t("reasons")}>
      <thead>
        <tr>
          <HeadCell>{t("reason")}</HeadCell>
          <HeadCell numeric>{t("gap")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {reasons.map(({ reason, amount }) => (
          <ReasonRow key={reason} reason={reason} amount={amount} />
        ))}
      </tbody>
    </Table>
  );
}

function ReasonRow({ reason, amount }: { readonly reason: GapReason; readonly amount: string }) {
  const t = useTranslations("Reconciliation");
  return (
    <Row>
      <RowHead>
        {t(`gapReasons.${reason}`)}
        <span className="block text-muted text-xs">{t(`gapHints.${reason}`)}</span>
      </RowHead>
      <Cell numeric>
        <SignedAmount usd={parseUsd(amount)} />
      </Cell>
    </Row>
  );
}
