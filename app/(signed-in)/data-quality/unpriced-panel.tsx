import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatHour } from "#app/_format/format-time.ts";
import { withFilter } from "#app/_query/filters.ts";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { UnpricedModel } from "#lib/reports/data-quality.ts";

/** Models without a price: their calls are counted and their cost is not known. */
export function UnpricedPanel({
  models,
  query,
}: {
  readonly models: readonly UnpricedModel[];
  readonly query: PageQuery;
}) {
  const t = useTranslations("Quality");
  const locale = useLocale();
  const { period } = query;
  return (
    <Panel title={t("unpriced")} note={t("unpricedNote")}>
      {models.length === 0 ? (
        <Empty title={t("allPriced")} />
      ) : (
        <Table caption={t("unpriced")}>
          <thead>
            <tr>
              <HeadCell>{t("model")}</HeadCell>
              <HeadCell>{t("provider")}</HeadCell>
              <HeadCell numeric>{t("modelCalls")}</HeadCell>
              <HeadCell numeric>{t("tokens")}</HeadCell>
              <HeadCell numeric className="hidden md:table-cell">
                {t("lastSeen")}
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {models.map(({ provider, model, calls, tokens, lastSeen }) => (
              <Row key={`${provider} ${model}`}>
                <RowHead>
                  <Link
                    href={pageHref("/events", period, withFilter({}, "model", model))}
                    className="underline-offset-2 hover:underline"
                  >
                    {model ?? t("unknown")}
                  </Link>
                </RowHead>
                <Cell>{provider ?? t("unknown")}</Cell>
                <Cell numeric>
                  <Count value={calls} />
                </Cell>
                <Cell numeric>
                  <Count value={tokens} short />
                </Cell>
                <Cell numeric className="hidden text-muted md:table-cell">
                  {formatHour(lastSeen, locale, period.timeZone)}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
