import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { costPairs, hrefWith } from "#app/_query/links.ts";
import { readCostBasis } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { sessionTree } from "#lib/reports/session-tree.ts";
import { SessionTotals } from "./session-totals.tsx";
import { TreeTable } from "./tree-table.tsx";

const PAGE_SIZE = 200;

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
  const asked = await searchParams;
  const from = Number(firstOf(asked.from) ?? 0);
  const costBasis = readCostBasis(asked);
  const offset = Number.isSafeInteger(from) && from > 0 ? from : 0;
  const tree =
    session === null
      ? null
      : await sessionTree(context().sql, viewer, session, {
          ...{ limit: PAGE_SIZE, offset, costBasis },
        });
  if (tree === null) notFound();
  const [{ timeZone }, locale, t, costs] = await Promise.all([
    currentOrganization(),
    getLocale(),
    getTranslations("Sessions"),
    getTranslations("Costs"),
  ]);
  const moment = (at: Date) => formatMoment(at, locale, timeZone);
  const end = offset + tree.nodes.length;
  const path = `/sessions/${encodeURIComponent(tree.session)}`;
  const pageFrom = (row: number) =>
    hrefWith(path, [["from", String(row)], ...costPairs(costBasis)]);
  return (
    <>
      <PageHeader
        title={<span className="break-all">{tree.session}</span>}
        note={`${t("span", { first: moment(tree.firstAt), last: moment(tree.lastAt) })} · ${costs(`names.${costBasis}`)}`}
      >
        <CostPicker basis={costBasis} />
      </PageHeader>
      {!tree.isComplete && (
        <Notice tone="warn" title={t("incomplete")}>
          {t("incompleteHint")}
        </Notice>
      )}
      <SessionTotals tree={tree} />
      <Panel title={t("tree")} note={t("treeNote")}>
        <TreeTable nodes={tree.nodes} timeZone={timeZone} />
        {(offset > 0 || end < tree.nodeCount) && (
          <nav className="flex items-center justify-end gap-2 border-line border-t px-4 py-2">
            <span className="figures mr-auto text-muted text-xs">
              {t("shown", { first: offset + 1, last: end, all: tree.nodeCount })}
            </span>
            {offset > 0 && (
              <Link
                href={pageFrom(Math.max(0, offset - PAGE_SIZE))}
                className={buttonClass("ghost")}
              >
                {t("previous")}
              </Link>
            )}
            {end < tree.nodeCount && (
              <Link href={pageFrom(end)} className={buttonClass()}>
                {t("next")}
              </Link>
            )}
          </nav>
        )}
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
