"use client";

import { useLocale, useTranslations } from "next-intl";
import { DataTable } from "#app/_components/data-table/data-table.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { RowName } from "#app/_components/row-name.tsx";
import { formatBucket } from "#app/_format/format-time.ts";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Measures } from "#lib/reports/usage-query.ts";
import { useCostColumns, useRateColumns, useUseColumns } from "./model-columns.tsx";
import { keyOf, type ModelLine, ofModel } from "./model-line.ts";

/** Every model with its use, its real prices and its speed. */
export function ModelTable({
  lines,
  total,
  query,
  note,
  csvHref,
}: {
  readonly lines: readonly ModelLine[];
  readonly total: Measures;
  readonly query: PageQuery;
  readonly note: string;
  readonly csvHref: string;
}) {
  const t = useTranslations("Models");
  const name: TableColumn<ModelLine> = {
    id: "model",
    label: t("model"),
    className: "min-w-44 max-w-72",
    sortBy: ({ model }) => model ?? undefined,
    cell: (line) => <ModelName line={line} query={query} />,
    total: t("total"),
  };
  const columns = [
    name,
    ...useUseColumns(total),
    ...useRateColumns(lines),
    ...useCostColumns(total, query),
  ];
  return (
    <DataTable
      title={t("title")}
      note={note}
      csvHref={csvHref}
      columns={columns}
      rows={lines}
      keyOf={keyOf}
      firstSort={{ id: "spend", desc: true }}
    />
  );
}

function ModelName({
  line: { provider, model, cost },
  query,
}: {
  readonly line: ModelLine;
  readonly query: PageQuery;
}) {
  const t = useTranslations("Models");
  const locale = useLocale();
  const filters = { ...query.filters, provider: [provider] };
  const rows = pageHref("/events", ofModel(query, provider, model));
  const changed = cost?.priceChangedAt ?? null;
  const notes = [
    provider,
    changed !== null &&
      t("priceSince", { day: formatBucket(new Date(changed), "none", locale, "UTC") }),
  ];
  const note = notes.filter(Boolean).join(" · ");
  if (model === null) {
    return <RowName name={t("unknown")} href={rows} isKnown={false} note={note} />;
  }
  const href = pageHref(`/models/${encodeURIComponent(model)}`, { ...query, filters });
  return <RowName name={model} href={href} rowsHref={rows} note={note} />;
}
