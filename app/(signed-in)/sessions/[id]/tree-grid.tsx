"use client";

import { useTranslations } from "next-intl";
import { HeadCell } from "#app/_components/table.tsx";
import type { TreeOrder } from "#lib/reports/session-tree.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";
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
  const { body, current, onKeyDown, onFocus } = useTreeKeys(lines, (line, wanted) => {
    if (line.kind === "node") toggle(line.row, wanted);
  });
  return (
    <section className="scroll-x relative" aria-label={t("tree")}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree grid is a table that one moves in
        role="treegrid"
        aria-label={t("tree")}
        aria-busy={isLoading}
        className="w-full border-separate border-spacing-0 text-left"
        onKeyDown={onKeyDown}
      >
        <thead>
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
        <tbody ref={body}>
          {lines.map((line, index) => {
            const row = { isCurrent: index === current, onFocus: () => onFocus(index) };
            if (line.kind === "more") {
              const { parent, depth, left } = line;
              return (
                <MoreLine
                  key={`more ${parent}`}
                  {...row}
                  depth={depth}
                  left={left}
                  isLoading={isLoading}
                  onLoad={() => load(parent)}
                />
              );
            }
            return (
              <NodeLine
                key={line.row.id}
                {...row}
                line={line}
                timeZone={timeZone}
                onToggle={() => toggle(line.row)}
              />
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
