import { useLocale, useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { UnitName } from "#app/_components/unit-name.tsx";
import { withMinus } from "#app/_format/formatters.ts";
import { type ComparedPrice, comparePrices } from "#lib/price-book/compare-prices.ts";
import type { ListedPrice } from "#lib/price-book/list-prices.ts";
import { ModelField } from "../model-field.tsx";
import { PriceAmount } from "../price-amount.tsx";
import { PriceConditions } from "../price-conditions.tsx";

export type ComparedModel = {
  readonly provider: string;
  readonly model: string;
  readonly rows: readonly ListedPrice[];
};

/** Two models side by side: the prices in force for the same units and conditions. */
export function ComparePanel({
  first,
  second,
}: {
  readonly first: ComparedModel;
  readonly second: ComparedModel | null;
}) {
  const t = useTranslations("Prices");
  return (
    <Panel title={t("compare")} note={t("compareNote")}>
      <form action="/prices/model" className="flex flex-wrap items-end gap-3 p-4">
        <input type="hidden" name="provider" value={first.provider} />
        <input type="hidden" name="model" value={first.model} />
        <div className="min-w-0 grow sm:max-w-96">
          <ModelField
            label={t("compareWith")}
            name="with"
            maxLength={400}
            required
            defaultValue={second === null ? "" : `${second.provider}/${second.model}`}
            placeholder="openai/gpt-5.5"
          />
        </div>
        <button type="submit" className={buttonClass()}>
          {t("show")}
        </button>
      </form>
      {second !== null && <Comparison first={first} second={second} />}
    </Panel>
  );
}

function Comparison({
  first,
  second,
}: {
  readonly first: ComparedModel;
  readonly second: ComparedModel;
}) {
  const t = useTranslations("Prices");
  if (second.rows.length === 0) return <Empty title={t("none")} />;
  return (
    <Table caption={t("compare")}>
      <thead>
        <tr>
          <HeadCell>{t("unit")}</HeadCell>
          <HeadCell>{t("conditions")}</HeadCell>
          <HeadCell numeric>{first.model}</HeadCell>
          <HeadCell numeric>{second.model}</HeadCell>
          <HeadCell numeric>{t("difference")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {comparePrices(first.rows, second.rows).map((compared) => (
          <ComparedRow key={compared.head.id} compared={compared} />
        ))}
      </tbody>
    </Table>
  );
}

function ComparedRow({ compared }: { readonly compared: ComparedPrice }) {
  const locale = useLocale();
  const { head, first, second, permille } = compared;
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  });
  return (
    <Row>
      <RowHead className="whitespace-nowrap">
        <UnitName unit={head.unit} />
      </RowHead>
      <Cell className="text-muted text-xs">
        <PriceConditions row={head} />
      </Cell>
      {[first, second].map((row, i) => (
        <Cell key={i === 0 ? "first" : "second"} numeric>
          {row === null ? "–" : <PriceAmount price={row.price} kind={row.kind} />}
        </Cell>
      ))}
      <Cell numeric>{permille === null ? "–" : withMinus(percent.format(permille / 1_000))}</Cell>
    </Row>
  );
}
