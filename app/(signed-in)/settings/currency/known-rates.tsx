import { getTranslations } from "next-intl/server";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { context } from "#app/_server/context.ts";
import { type KnownCurrency, readExchangeRates } from "#lib/currency/rate-store.ts";
import { perUsdText } from "#lib/currency/rate-text.ts";

/** The currencies that there are rates of, each with its latest. */
export async function KnownRates({
  known,
  today,
}: {
  readonly known: readonly KnownCurrency[];
  readonly today: string;
}) {
  const t = await getTranslations("Currency");
  const { sql } = context();
  const latest = await Promise.all(
    known.map(async ({ currency }) => {
      const rates = await readExchangeRates(sql, currency, { from: today, to: today });
      return rates.on(currency, today);
    }),
  );
  return (
    <Panel
      title={t("known")}
      note={t("knownNote")}
      actions={<CsvLink href="/api/v1/export/exchange-rates.csv" what={t("known")} />}
    >
      {known.length === 0 ? (
        <Empty title={t("none")}>{t("noneHint")}</Empty>
      ) : (
        <Table caption={t("known")}>
          <thead>
            <tr>
              <HeadCell>{t("currency")}</HeadCell>
              <HeadCell numeric>{t("perUsd")}</HeadCell>
              <HeadCell>{t("to")}</HeadCell>
              <HeadCell>{t("from")}</HeadCell>
              <HeadCell numeric>{t("days")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {known.map(({ currency, firstDate, lastDate, days }, i) => {
              const rate = latest[i];
              return (
                <Row key={currency}>
                  <RowHead className="font-medium">{currency}</RowHead>
                  <Cell numeric>{rate == null ? "–" : perUsdText(rate)}</Cell>
                  <Cell className="figures whitespace-nowrap">
                    {lastDate}{" "}
                    {rate != null && (
                      <span className={rate.ageDays > 7 ? "text-warn" : "text-muted"}>
                        {t("age", { days: rate.ageDays })}
                      </span>
                    )}
                  </Cell>
                  <Cell className="figures whitespace-nowrap">{firstDate}</Cell>
                  <Cell numeric>{days}</Cell>
                </Row>
              );
            })}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
