"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { HeadCell } from "#app/_components/table.tsx";
import type { TreeOrder } from "#lib/reports/session-tree.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";
import { TreeBody } from "./tree-body.tsx";
import { MoreLine, NodeLine, WIDE } from "./tree-lines.tsx";
import type { TreeRow } from "./tree-row.ts";
import { useTree } from "./use-tree.ts";
import { useTreeKeys } from "./use-tree-keys.ts";

/** A session as a tree that is opened node by node, by mouse, touch or keyboard. */
export function TreeGrid({
  session,
  order,
  costBasis,
  rows,
  rootCount,
  opened,
  timeZone,
}: {
  readonly session: string;
  readonly order: TreeOrder;
  readonly costBasis: CostBasis;
  readonly rows: readonly TreeRow[];
  readonly rootCount: number;
  readonly opened: readonly string[];
  readonly timeZone: string;
}) {
  const t = useTranslations("Sessions");
  const { lines, isLoading, load, toggle } = useTree(
    { session, order, costBasis },
    { rows, rootCount, opened },
  );
  const scroller = useRef<HTMLElement>(null);
  const { body, current, onKeyDown, onFocus, onBlur } = useTreeKeys(lines, (line, wanted) => {
    if (line.kind === "node") toggle(line.row, wanted);
  });
  return (
    <section
      ref={scroller}
      className="scroll-x relative max-h-[min(46rem,80dvh)] overflow-y-auto"
      aria-label={t("tree")}
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree grid is a table that one moves in
        role="treegrid"
        aria-label={t("tree")}
        aria-busy={isLoading}
        aria-rowcount={lines.length + 1}
        className="w-full min-w-88 table-fixed border-separate border-spacing-0 text-left md:min-w-200"
        onKeyDown={onKeyDown}
        onBlur={onBlur}
      >
        <Widths />
        <thead className="sticky top-0 z-10 bg-surface">
          <tr>
            <HeadCell>{t("node")}</HeadCell>
            <HeadCell className={WIDE}>{t("time")}</HeadCell>
            <HeadCell numeric className={WIDE}>
              {t("duration")}
            </HeadCell>
            <HeadCell numeric className={WIDE}>
              {t("tokens")}
            </HeadCell>
            <HeadCell numeric className={WIDE}>
              {t("errors")}
            </HeadCell>
            <HeadCell numeric>{t("own")}</HeadCell>
            <HeadCell numeric>{t("withBelow")}</HeadCell>
          </tr>
        </thead>
        <TreeBody {...{ lines, current, body, scroller, onFocus }}>
          {(line, rowProps) =>
            line.kind === "more" ? (
              <MoreLine
                rowProps={rowProps}
                depth={line.depth}
                left={line.left}
                isLoading={isLoading}
                onLoad={() => load(line.parent)}
              />
            ) : (
              <NodeLine
                rowProps={rowProps}
                line={line}
                timeZone={timeZone}
                onToggle={() => toggle(line.row)}
              />
            )
          }
        </TreeBody>
      </table>
    </section>
  );
}

/** Columns keep their place while rows come and go; the node has what is left. */
function Widths() {
  return (
    <colgroup>
      <col />
      <col className={`w-28 ${WIDE_COLUMN}`} />
      <col className={`w-24 ${WIDE_COLUMN}`} />
      <col className={`w-24 ${WIDE_COLUMN}`} />
      <col className={`w-18 ${WIDE_COLUMN}`} />
      <col className="w-20 md:w-32" />
      <col className="w-28 md:w-32" />
    </colgroup>
  );
}

const WIDE_COLUMN = "hidden md:table-column";
