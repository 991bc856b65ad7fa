import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { UnitName } from "#app/_components/unit-name.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { Receipt } from "#lib/reports/receipt.ts";

/** What the event cost, by which prices and in whose name, until a change of history; nothing where there was none. */
export function FormerFilings({
  former,
  timeZone,
}: {
  readonly former: Receipt["former"];
  readonly timeZone: string;
}) {
  const t = useTranslations("History.former");
  const locale = useLocale();
  if (former.length === 0) return null;
  return (
    <Panel title={t("title")} note={t("note")}>
      <Table caption={t("title")}>
        <thead>
          <tr>
            <HeadCell>{t("run")}</HeadCell>
            <HeadCell>{t("requested")}</HeadCell>
            <HeadCell>{t("team")}</HeadCell>
            <HeadCell>{t("price")}</HeadCell>
            <HeadCell numeric>{t("cost")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {former.map((filing) => (
            <Row key={filing.run}>
              <RowHead className="whitespace-nowrap">
                <RunName filing={filing} />
              </RowHead>
              <Cell className="whitespace-nowrap">
                {formatMoment(filing.at, locale, timeZone)}
                {filing.by !== null && <span className="text-muted"> · {filing.by}</span>}
              </Cell>
              <Cell>{filing.team ?? "–"}</Cell>
              <Cell>
                {filing.lines.map((line) => (
                  <span key={line.unit} className="figures block text-xs">
                    <UnitName unit={line.unit} />{" "}
                    {line.rate === null
                      ? t("unpriced")
                      : t("per", {
                          amount: formatUsdExact(parseUsd(line.rate.amount), locale),
                          per: line.rate.per,
                        })}
                    {line.multiplier !== null && line.multiplier !== "1" && ` × ${line.multiplier}`}
                  </span>
                ))}
              </Cell>
              <Cell numeric>
                {filing.cost === null ? (
                  <span className="text-warn">{t("unpriced")}</span>
                ) : (
                  formatUsdExact(filing.cost, locale)
                )}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

/** A link for those who may follow it: they see who asked for the run. */
function RunName({ filing }: { readonly filing: Receipt["former"][number] }) {
  const t = useTranslations("History.former");
  const name = t(filing.kind, { run: filing.run });
  if (filing.by === null) return name;
  const base = filing.kind === "reprice" ? "/repricing" : "/settings/rules/reapply";
  return (
    <Link
      href={`${base}/${filing.run}`}
      prefetch={false}
      className="underline-offset-2 hover:underline"
    >
      {name}
    </Link>
  );
}
