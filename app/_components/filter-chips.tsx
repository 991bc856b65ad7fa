import { useTranslations } from "next-intl";
import { withoutFilter } from "#app/_query/filters.ts";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import { DIMENSIONS } from "#lib/reports/usage-query.ts";
import { groupName } from "./group-name.ts";
import { RemoveFilter } from "./remove-filter.tsx";

/** What the page is narrowed to, each with the way out. */
export function FilterChips({
  path,
  query,
  more = [],
}: {
  readonly path: string;
  readonly query: PageQuery;
  /** What else the page's address says and keeps. */
  readonly more?: readonly [string, string][];
}) {
  const t = useTranslations("Groups");
  const { filters } = query;
  const active = DIMENSIONS.filter((dimension) => filters[dimension] !== undefined);
  if (active.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2" aria-label={t("filters")}>
      {active.map((dimension) => {
        const values = (filters[dimension] ?? [])
          .map((value) => groupName(dimension, value, t))
          .join(", ");
        return (
          <li
            key={dimension}
            className="flex h-7 max-w-full items-center gap-1.5 rounded-md border border-line-strong bg-surface pl-2.5"
          >
            <span className="text-muted">{t(`names.${dimension}`)}</span>
            <span className="truncate font-medium">{values}</span>
            <RemoveFilter
              href={pageHref(path, { ...query, filters: withoutFilter(filters, dimension) }, more)}
              label={t("removeFilter", { name: t(`names.${dimension}`) })}
            />
          </li>
        );
      })}
    </ul>
  );
}
