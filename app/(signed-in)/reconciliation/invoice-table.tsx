import Link from "next/link";
import { useTranslations } from "next-intl";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { Invoice } from "#lib/reconciliation/reconciliation-store.ts";
import { standingOf } from "#lib/reconciliation/standing.ts";

/** The invoices, those of the newest month first. */
export function InvoiceTable({
  invoices,
  timeZone,
  locale,
}: {
  readonly invoices: readonly Invoice[];
  readonly timeZone: string;
  readonly locale: string;
}) {
  const t = useTranslations("Reconciliation");
  const files = new Map(invoices.map(({ id, fileName }) => [id, fileName]));
  return (
    <Table caption={t("invoices")}>
      <thead>
        <tr>
          <HeadCell>{t("month")}</HeadCell>
          <HeadCell>{t("file")}</HeadCell>
          <HeadCell>{t("heads.provider")}</HeadCell>
          <HeadCell>{t("uploaded")}</HeadCell>
          <HeadCell>{t("state")}</HeadCell>
          <HeadCell numeric>{t("acceptedGap")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {invoices.map((invoice) => {
          const { id, month, fileName, source, providers, accepted, ...made } = invoice;
          const standing = standingOf(invoice, invoices);
          return (
            <Row key={id}>
              <RowHead className="figures whitespace-nowrap font-medium">{month}</RowHead>
              <Cell className="min-w-40">
                <Link
                  href={`/reconciliation/${id}`}
                  className="break-all text-accent hover:underline"
                >
                  {fileName}
                </Link>
                <span className="block text-muted text-xs">{t(`sources.${source}`)}</span>
              </Cell>
              <Cell>{providers.join(", ")}</Cell>
              <Cell className="whitespace-nowrap text-muted text-xs">
                {made.createdBy}
                <span className="block">{formatMoment(made.createdAt, locale, timeZone)}</span>
              </Cell>
              <Cell>
                {t(`states.${standing.state}`)}
                {"by" in standing && (
                  <span className="block break-all text-muted text-xs">
                    {files.get(standing.by)}
                  </span>
                )}
              </Cell>
              <Cell numeric>
                {accepted === null ? "–" : <SignedAmount usd={parseUsd(accepted.gap)} />}
              </Cell>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}
