import Link from "next/link";
import { useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { pageHref, usageCsvHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { UsageRow } from "#lib/reports/usage-query.ts";
import { totalTokens } from "#lib/usage/tokens.ts";

/** Usage in names that no dialect knows: kept and shown, with nothing inferred. */
export function UnknownPanel({
  rows,
  query,
}: {
  readonly rows: readonly UsageRow[];
  readonly query: PageQuery;
}) {
  const t = useTranslations("Quality");
  return (
    <Panel
      title={t("unknownDialect")}
      note={t("unknownDialectNote")}
      actions={
        <CsvLink
          href={usageCsvHref(
            { ...query, filters: { dialect: ["unknown"] } },
            ["service", "model"],
            "none",
          )}
          what={t("unknownDialect")}
        />
      }
    >
      {rows.length === 0 ? (
        <Empty title={t("noUnknownDialect")} />
      ) : (
        <Table caption={t("unknownDialect")}>
          <thead>
            <tr>
              <HeadCell>{t("service")}</HeadCell>
              <HeadCell>{t("model")}</HeadCell>
              <HeadCell numeric>{t("modelCalls")}</HeadCell>
              <HeadCell numeric>{t("tokens")}</HeadCell>
              <HeadCell numeric>{t("spend")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ group: { service = null, model = null }, measures }) => (
              <Row key={`${service} ${model}`}>
                <RowHead>
                  <Link
                    href={pageHref("/events", {
                      ...query,
                      filters: { service: [service], model: [model], dialect: ["unknown"] },
                    })}
                    className="underline-offset-2 hover:underline"
                  >
                    {service ?? t("unknown")}
                  </Link>
                </RowHead>
                <Cell>{model ?? <span className="text-faint">–</span>}</Cell>
                <Cell numeric>
                  <Count value={measures.modelCalls} />
                </Cell>
                <Cell numeric>
                  <Count value={totalTokens(measures.tokens)} short />
                </Cell>
                <Cell numeric>
                  <Spend measures={measures} />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
