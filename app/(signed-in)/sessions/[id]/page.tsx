import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { readCostBasis } from "#app/_query/page-query.ts";
import { RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { openedTree, TREE_ORDERS } from "#lib/reports/session-tree.ts";
import { PathChoice } from "./path-choice.tsx";
import { SessionTotals } from "./session-totals.tsx";
import { TreeGrid } from "./tree-grid.tsx";
import { toTreeRow } from "./tree-row.ts";

/** Below each node that is open at first; along a path there are many of them. */
const FIRST_ROWS = { time: 100, cost: 10, errors: 10 } as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Sessions");
  return { title: t("one") };
}

/** One session as a tree: each run with its calls, each with its own cost and that of all below it. */
export default async function SessionPage({
  params,
  searchParams,
}: PageInput<{ readonly id: string }>) {
  const viewer = await requireViewer();
  const session = decoded((await params).id);
  const search = await searchParams;
  const order = TREE_ORDERS.find((one) => one === firstOf(search.path)) ?? "time";
  const costBasis = readCostBasis(search);
  const limit = FIRST_ROWS[order];
  const tree =
    session === null
      ? null
      : await openedTree(context().sql, viewer, session, { order, limit, costBasis });
  if (tree === null) notFound();
  const [{ timeZone }, locale, t, costs] = await Promise.all([
    currentOrganization(),
    getLocale(),
    getTranslations("Sessions"),
    getTranslations("Costs"),
  ]);
  const reporting = await reportingRates(
    { from: tree.firstAt, to: new Date(tree.lastAt.getTime() + 1), timeZone },
    await requestTime(),
  );
  const moment = (at: Date) => formatMoment(at, locale, timeZone);
  return (
    <>
      <PageHeader
        title={<span className="break-all">{tree.session}</span>}
        note={`${t("span", { first: moment(tree.firstAt), last: moment(tree.lastAt) })} · ${costs(`names.${costBasis}`)} · ${timeZone}`}
      >
        <CostPicker basis={costBasis} />
      </PageHeader>
      {!tree.isComplete && (
        <Notice tone="warn" title={t("incomplete")}>
          {t("incompleteHint")}
        </Notice>
      )}
      {reporting && <RateNote of="session" reporting={reporting} />}
      <SessionTotals tree={tree} costBasis={costBasis} timeZone={timeZone} reporting={reporting} />
      <Panel
        title={t("tree")}
        note={t("treeNote")}
        actions={<PathChoice tree={tree} order={order} costBasis={costBasis} />}
      >
        <TreeGrid
          key={`${order} ${costBasis}`}
          session={tree.session}
          order={order}
          costBasis={costBasis}
          rows={tree.nodes.map(toTreeRow)}
          rootCount={tree.nodeCount}
          opened={tree.opened}
          timeZone={timeZone}
        />
      </Panel>
    </>
  );
}

/** Null for what is no name that the ledger can hold. */
function decoded(part: string): string | null {
  try {
    const name = decodeURIComponent(part);
    return name.includes("\u0000") ? null : name;
  } catch {
    return null;
  }
}
