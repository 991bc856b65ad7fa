import Link from "next/link";
import { useTranslations } from "next-intl";
import { ColumnTable } from "#app/_components/data-table/column-table.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { unitText } from "#app/_components/unit-name.tsx";
import type { PriceCard } from "#lib/price-book/price-cards.ts";
import type { Unit } from "#lib/pricing/units.ts";
import { PriceAmount } from "./price-amount.tsx";
import { PriceConditions } from "./price-conditions.tsx";
import { modelHref, type PricePageQuery, sortHref } from "./price-query.ts";
import { PriceStateBadge } from "./price-state.tsx";
import { SourceLink } from "./source-link.tsx";

const MAIN_UNITS = ["input_uncached", "cache_read", "cache_write_5m", "output"] as const;

/** One line for each model and set of conditions, with its four main prices per million tokens. */
export function PriceTable({
  cards,
  query,
}: {
  readonly cards: readonly PriceCard[];
  readonly query: PricePageQuery;
}) {
  const t = useTranslations("Prices");
  const units = useTranslations("Units");
  const columns: TableColumn<PriceCard>[] = [
    {
      ...{ id: "model", label: t("model"), className: "min-w-44" },
      cell: (card) => <CardName card={card} />,
    },
    {
      ...{ id: "conditions", label: t("conditions"), className: "min-w-32 text-muted text-xs" },
      cell: ({ head }) => <PriceConditions row={head} />,
    },
    ...MAIN_UNITS.map(
      (unit): TableColumn<PriceCard> => ({
        ...{ id: unit, label: units(unit), numeric: true },
        cell: (card) => <UnitPrice card={card} unit={unit} />,
      }),
    ),
    {
      ...{ id: "others", label: t("others"), className: "text-muted text-xs" },
      cell: ({ byUnit }) =>
        [...byUnit.keys()]
          .filter((unit) => !MAIN_UNITS.some((main) => main === unit))
          .map((unit) => unitText(unit, units))
          .join(", "),
    },
    {
      ...{ id: "state", label: t("state") },
      cell: ({ head }) => <PriceStateBadge state={head.state} />,
    },
    { id: "source", label: t("source"), cell: ({ head }) => <SourceLink row={head} /> },
  ];
  return (
    <ColumnTable
      caption={t("title")}
      columns={columns}
      rows={cards}
      keyOf={({ head }) => head.id}
      sorting={{ sort: query.sort, hrefOf: (id) => sortHref(query, id) }}
    />
  );
}

function CardName({ card: { head } }: { readonly card: PriceCard }) {
  const t = useTranslations("Prices");
  return (
    <>
      <Link
        href={modelHref(head.provider, head.model)}
        className="break-words font-medium underline-offset-2 hover:underline"
      >
        {head.model ?? t("allModels")}
      </Link>
      <span className="block text-muted text-xs">
        {head.provider ?? t("allProviders")}
        {head.kind !== "list" && ` · ${t(`kinds.${head.kind}`)}`}
      </span>
    </>
  );
}

function UnitPrice({ card, unit }: { readonly card: PriceCard; readonly unit: Unit }) {
  const rate = card.byUnit.get(unit);
  if (rate === undefined) return <span className="text-faint">–</span>;
  return <PriceAmount price={rate.price} kind={rate.kind} />;
}
