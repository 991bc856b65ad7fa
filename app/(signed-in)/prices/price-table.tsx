import Link from "next/link";
import { useTranslations } from "next-intl";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { PriceCard } from "#lib/price-book/price-cards.ts";
import type { Unit } from "#lib/pricing/units.ts";
import { PriceAmount } from "./price-amount.tsx";
import { PriceConditions } from "./price-conditions.tsx";
import { modelHref } from "./price-query.ts";
import { PriceStateBadge } from "./price-state.tsx";
import { SourceLink } from "./source-link.tsx";

const MAIN_UNITS = ["input_uncached", "cache_read", "cache_write_5m", "output"] as const;

/** One line for each model and set of conditions, with its four main prices per million tokens. */
export function PriceTable({ cards }: { readonly cards: readonly PriceCard[] }) {
  const t = useTranslations("Prices");
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("model")}</HeadCell>
          <HeadCell>{t("conditions")}</HeadCell>
          {MAIN_UNITS.map((unit) => (
            <HeadCell key={unit} numeric>
              {t(`units.${unit}`)}
            </HeadCell>
          ))}
          <HeadCell>{t("others")}</HeadCell>
          <HeadCell>{t("state")}</HeadCell>
          <HeadCell>{t("source")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {cards.map((card) => (
          <CardRow key={card.head.id} card={card} />
        ))}
      </tbody>
    </Table>
  );
}

function CardRow({ card: { head, byUnit } }: { readonly card: PriceCard }) {
  const t = useTranslations("Prices");
  const others = [...byUnit.keys()].filter((unit) => !MAIN_UNITS.some((main) => main === unit));
  return (
    <Row>
      <RowHead className="min-w-44">
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
      </RowHead>
      <Cell className="min-w-32 text-muted text-xs">
        <PriceConditions row={head} />
      </Cell>
      {MAIN_UNITS.map((unit) => (
        <Cell key={unit} numeric>
          <UnitPrice card={{ head, byUnit }} unit={unit} />
        </Cell>
      ))}
      <Cell className="text-muted text-xs">
        {others.map((unit) => unit ?? t("allUnits")).join(", ")}
      </Cell>
      <Cell>
        <PriceStateBadge state={head.state} />
      </Cell>
      <Cell>
        <SourceLink row={head} />
      </Cell>
    </Row>
  );
}

function UnitPrice({ card, unit }: { readonly card: PriceCard; readonly unit: Unit }) {
  const rate = card.byUnit.get(unit);
  if (rate === undefined) return <span className="text-faint">–</span>;
  return <PriceAmount price={rate.price} kind={rate.kind} />;
}
