import Link from "next/link";
import { useTranslations } from "next-intl";
import { costPairs, hrefWith } from "#app/_query/links.ts";
import { type SessionTree, TREE_ORDERS, type TreeOrder } from "#lib/reports/session-tree.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";

/** Opens the tree as it began, along its dearest path, or along its failures. */
export function PathChoice({
  tree: { session, total },
  order,
  costBasis,
}: {
  readonly tree: SessionTree;
  readonly order: TreeOrder;
  readonly costBasis: CostBasis;
}) {
  const t = useTranslations("Sessions");
  const path = `/sessions/${encodeURIComponent(session)}`;
  return (
    <nav aria-label={t("choosePath")} className="flex rounded-md bg-sunken p-0.5">
      {TREE_ORDERS.filter((each) => each !== "errors" || total.errors > 0).map((each) => (
        <Link
          key={each}
          href={hrefWith(path, [
            ...costPairs(costBasis),
            ...(each === "time" ? [] : [["path", each] as [string, string]]),
          ])}
          scroll={false}
          prefetch={false}
          aria-current={each === order ? "true" : undefined}
          className="flex h-6 items-center rounded px-2 text-muted text-xs hover:text-text aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-text aria-[current]:shadow-xs"
        >
          {t(`paths.${each}`)}
        </Link>
      ))}
    </nav>
  );
}
