import type { ReactNode } from "react";
import type { PageQuery } from "#app/_query/page-query.ts";
import { AsOf } from "./as-of.tsx";
import { CostPicker } from "./cost-picker.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { PageHeader } from "./page-header.tsx";
import { PagePeriod } from "./page-period.tsx";

/** The top of a page about a period: its title, the choice of the cost and of the period, and what it is narrowed to. */
export function ReportHeader({
  title,
  note,
  path,
  query,
  more = [],
  isLive = false,
  children,
}: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly path: string;
  readonly query: PageQuery;
  /** What else the page's address says and keeps. */
  readonly more?: readonly [string, string][];
  /** The page says elsewhere of when its figures are. */
  readonly isLive?: boolean;
  readonly children?: ReactNode;
}) {
  const { period, costBasis } = query;
  return (
    <>
      <PageHeader
        title={title}
        note={
          <>
            {note} {!isLive && <AsOf />}
          </>
        }
      >
        {children}
        <CostPicker basis={costBasis} />
        <PagePeriod period={period} />
      </PageHeader>
      <FilterChips path={path} query={query} more={more} />
    </>
  );
}
