import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatHour } from "#app/_format/format-time.ts";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { UnpricedModel } from "#lib/reports/data-quality.ts";
import { QualityCsv } from "./quality-csv.tsx";

/**
 * Calls whose cost is not known: of models without a price, which a price helps,
 * or of priced models whose producer sent no usage, which none can help.
 */
export function UnpricedPanel({
  kind,
  models,
  query,
}: {
  readonly kind: "unpriced" | "noUsage";
  readonly models: readonly UnpricedModel[];
  readonly query: PageQuery;
}) {
  const t = useTranslations("Quality");
  const locale = useLocale();
  const { period } = query;
  return (
    <Panel
      title={t(kind)}
      note={t(`${kind}Note`)}
      actions={
        models.length > 0 && (
          <>
            <Link
              href="/unpriced"
              className="inline-flex h-7 items-center rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-text"
            >
              {t(`${kind}Link`)}
            </Link>
            <QualityCsv table="unpriced" period={period} what={t(kind)} />
          </>
        )
      }
    >
      {models.length === 0 ? (
        <Empty title={t("allPriced")} />
      ) : (
        <Table caption={t(kind)}>
          <thead>
            <tr>
              <HeadCell>{t("model")}</HeadCell>
              <HeadCell>{t("provider")}</HeadCell>
              <HeadCell numeric>{t("modelCalls")}</HeadCell>
              {kind === "unpriced" && <HeadCell numeric>{t("tokens")}</HeadCell>}
              <HeadCell numeric className="hidden md:table-cell">
                {t("lastSeen")}
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {models.map(({ provider, model, reason, calls, tokens, lastSeen }) => (
              <Row key={`${provider} ${model} ${reason}`}>
                <RowHead>
                  <Link
                    href={pageHref("/events", { ...query, filters: { model: [model] } })}
                    className="underline-offset-2 hover:underline"
                  >
                    {model ?? t("unknown")}
                  </Link>
                  {reason === "no_unit_price" && (
                    <span className="block text-muted text-xs">{t("partlyPriced")}</span>
                  )}
                </RowHead>
                <Cell>{provider ?? t("unknown")}</Cell>
                <Cell numeric>
                  <Count value={calls} />
                </Cell>
                {kind === "unpriced" && (
                  <Cell numeric>
                    <Count value={tokens} short />
                  </Cell>
                )}
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
