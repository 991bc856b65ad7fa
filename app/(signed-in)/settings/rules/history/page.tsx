import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { listRuleVersions, type RuleVersion } from "#lib/organization/rules.ts";
import { ConditionList } from "../condition-list.tsx";
import { RuleSpan } from "../rule-span.tsx";

const MOST_VERSIONS = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Rules");
  return { title: t("history") };
}

/** Every version of the rules, or of one rule: what it said, when it held, who made and ended it. */
export default async function RuleHistoryPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t] = await Promise.all([searchParams, getTranslations("Rules")]);
  if (viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("history")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const lineage = firstOf(params.rule);
  const versions = await listRuleVersions(context().sql, viewer, {
    ...(lineage !== undefined && UUID.test(lineage) ? { lineage } : {}),
    limit: MOST_VERSIONS,
  });
  return (
    <>
      <PageHeader title={t("history")} note={t("historyNote")}>
        <Link href="/settings/rules" className={buttonClass()}>
          {t("backToRules")}
        </Link>
      </PageHeader>
      <Panel
        title={t("history")}
        actions={<CsvLink href="/api/v1/export/rules.csv?history=true" what={t("history")} />}
      >
        {versions.length === 0 ? (
          <Empty title={t("noHistory")} />
        ) : (
          <Table caption={t("history")}>
            <thead>
              <tr>
                <HeadCell>{t("name")}</HeadCell>
                <HeadCell>{t("effective")}</HeadCell>
                <HeadCell>{t("when")}</HeadCell>
                <HeadCell>{t("gives")}</HeadCell>
                <HeadCell>{t("whenMade")}</HeadCell>
                <HeadCell>{t("whenEnded")}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {versions.map((version) => (
                <VersionRow key={version.id} version={version} />
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
    </>
  );
}

async function VersionRow({ version }: { readonly version: RuleVersion }) {
  const [t, locale, { timeZone }] = await Promise.all([
    getTranslations("Rules"),
    getLocale(),
    currentOrganization(),
  ]);
  const { name, conditions, assign, ofTeam, change, createdAt, createdBy } = version;
  const { endedAt, endedBy, retiredAt } = version;
  const moment = (at: Date) => formatMoment(at, locale, timeZone);
  return (
    <Row>
      <RowHead className="min-w-32">{name || <span className="text-faint">–</span>}</RowHead>
      <Cell className="min-w-40 py-2">
        {retiredAt === null ? (
          <RuleSpan rule={version} />
        ) : (
          <span className="text-muted">{t("withdrawn")}</span>
        )}
      </Cell>
      <Cell className="min-w-56 py-2">
        {ofTeam !== null && <p className="text-muted">{t("ofTeam", { team: ofTeam })}</p>}
        <ConditionList conditions={conditions} />
      </Cell>
      <Cell className="min-w-32 py-2">
        {Object.entries(assign).map(([part, value]) => (
          <p key={part}>
            <span className="text-muted">{t(`parts.${part}`)}</span> {value}
          </p>
        ))}
      </Cell>
      <Cell className="min-w-40 py-2">
        <p>
          {t(`changes.${change}`)} <span className="text-muted">{createdBy}</span>
        </p>
        <p className="figures text-muted text-xs">{moment(createdAt)}</p>
      </Cell>
      <Cell className="min-w-40 py-2">
        {endedAt === null ? (
          <span className="text-faint">–</span>
        ) : (
          <>
            <p className="text-muted">{endedBy}</p>
            <p className="figures text-muted text-xs">{moment(endedAt)}</p>
          </>
        )}
      </Cell>
    </Row>
  );
}
