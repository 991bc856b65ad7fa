import Link from "next/link";
import { useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { UnallocatedSource } from "#lib/reports/data-quality.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { QualityCsv } from "./quality-csv.tsx";

/** Where spend comes from that no rule gives to a team. */
export function UnallocatedPanel({
  sources,
  query,
}: {
  readonly sources: readonly UnallocatedSource[];
  readonly query: PageQuery;
}) {
  const t = useTranslations("Quality");
  const { period, costBasis } = query;
  const ofSource = ({ service, agent }: UnallocatedSource): PageQuery => ({
    ...query,
    filters: { team: [UNALLOCATED], service: [service], agent: [agent] },
  });
  return (
    <Panel
      title={t("unallocated")}
      note={t("unallocatedNote")}
      actions={
        <>
          <Link
            href="/settings/rules"
            className="inline-flex h-7 items-center rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-text"
          >
            {t("toRules")}
          </Link>
          <QualityCsv
            table="unallocated"
            period={period}
            costBasis={costBasis}
            what={t("unallocated")}
          />
        </>
      }
    >
      {sources.length === 0 ? (
        <Empty title={t("allAllocated")} />
      ) : (
        <Table caption={t("unallocated")}>
          <thead>
            <tr>
              <HeadCell>{t("service")}</HeadCell>
              <HeadCell>{t("agent")}</HeadCell>
              <HeadCell numeric>{t("modelCalls")}</HeadCell>
              <HeadCell numeric>{t("spend")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <Row key={`${source.service} ${source.agent}`}>
                <RowHead>
                  <Link
                    href={pageHref("/events", ofSource(source))}
                    className="underline-offset-2 hover:underline"
                  >
                    {source.service ?? t("unknown")}
                  </Link>
                </RowHead>
                <Cell>{source.agent ?? t("unknown")}</Cell>
                <Cell numeric>
                  <Count value={source.modelCalls} />
                </Cell>
                <Cell numeric>
                  <Spend measures={source} query={ofSource(source)} />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
