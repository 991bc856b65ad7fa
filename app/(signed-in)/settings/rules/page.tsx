import { asc, isNull } from "drizzle-orm";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { context } from "#app/_server/context.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Assignment, Condition } from "#lib/allocation/rule.ts";
import { allocationRule } from "#lib/db/schema/organization.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Rules");
  return { title: t("title") };
}

/** The rules in force, in the order in which they are asked. */
export default async function RulesPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Rules");
  if (viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const rules = await context()
    .db.select()
    .from(allocationRule)
    .where(isNull(allocationRule.retiredAt))
    .orderBy(asc(allocationRule.position), asc(allocationRule.createdAt));
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <Panel title={t("title")}>
        {rules.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <Table caption={t("title")}>
            <thead>
              <tr>
                <HeadCell numeric>{t("position")}</HeadCell>
                <HeadCell>{t("name")}</HeadCell>
                <HeadCell>{t("when")}</HeadCell>
                <HeadCell>{t("gives")}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {rules.map((rule, index) => (
                <Row key={rule.id}>
                  <Cell numeric>{index + 1}</Cell>
                  <RowHead>{rule.name || "–"}</RowHead>
                  <Cell className="py-2">
                    <Conditions conditions={rule.conditions as readonly Condition[]} />
                  </Cell>
                  <Cell className="py-2">
                    {Object.entries(rule.assign as Assignment).map(([name, value]) => (
                      <p key={name}>
                        <span className="text-muted">{name}</span> {value}
                      </p>
                    ))}
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
    </>
  );
}

async function Conditions({ conditions }: { readonly conditions: readonly Condition[] }) {
  const t = await getTranslations("Rules");
  if (conditions.length === 0) return t("always");
  return conditions.map(({ attribute, operator, value }) => (
    <p key={`${attribute} ${operator} ${value}`}>
      <code className="font-mono text-xs">{attribute}</code>{" "}
      <span className="text-muted">{t(`operators.${operator}`)}</span>{" "}
      {operator !== "exists" && <code className="font-mono text-xs">{value}</code>}
    </p>
  ));
}
