import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { ModelSums } from "#lib/ingest/store-import.ts";
import { parseUsd, sumUsd } from "#lib/money/money.ts";

type Line = {
  readonly name: string;
  readonly detail: string | null;
  readonly sums: ModelSums["sums"];
};

/** What the rows of a file come to by one name, with their total. */
export function SumsTable({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly Line[];
}) {
  const t = useTranslations("Import");
  const total = (read: (line: Line) => number) => rows.reduce((sum, line) => sum + read(line), 0);
  return (
    <Panel title={title} note={t("sumsNote")}>
      <Table caption={title}>
        <thead>
          <tr>
            <HeadCell>{t("name")}</HeadCell>
            <HeadCell numeric>{t("calls")}</HeadCell>
            <HeadCell numeric>{t("tokens")}</HeadCell>
            <HeadCell numeric>{t("cost")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {rows.map((line) => (
            <Row key={`${line.detail} ${line.name}`}>
              <RowHead>
                {line.name} <span className="text-faint text-xs">{line.detail}</span>
              </RowHead>
              <Cell numeric>
                <Count value={callsOf(line)} />
              </Cell>
              <Cell numeric>
                <Count value={tokensOf(line)} short />
              </Cell>
              <Cell numeric>
                <Amount usd={costOf(line)} unpricedCalls={unpricedOf(line)} compact />
              </Cell>
            </Row>
          ))}
        </tbody>
        <tfoot>
          <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
            <RowHead className="font-medium">{t("total")}</RowHead>
            <Cell numeric>
              <Count value={total(callsOf)} />
            </Cell>
            <Cell numeric>
              <Count value={total(tokensOf)} short />
            </Cell>
            <Cell numeric>
              <Amount usd={sumUsd(rows.map(costOf))} unpricedCalls={total(unpricedOf)} compact />
            </Cell>
          </tr>
        </tfoot>
      </Table>
    </Panel>
  );
}

const TOKEN_CLASSES = [
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
];

function callsOf({ sums }: Line): number {
  return Number(sums.model_calls ?? 0) + Number(sums.tool_calls ?? 0);
}

function tokensOf({ sums }: Line): number {
  return TOKEN_CLASSES.reduce((total, name) => total + Number(sums[name] ?? 0), 0);
}

function costOf({ sums }: Line) {
  return parseUsd(sums.cost ?? "0");
}

function unpricedOf({ sums }: Line): number {
  return Number(sums.unpriced_calls ?? 0);
}
