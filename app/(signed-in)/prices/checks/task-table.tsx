import Link from "next/link";
import { useTranslations } from "next-intl";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { UnitName } from "#app/_components/unit-name.tsx";
import type { ListedPrice } from "#lib/price-book/list-prices.ts";
import type { PriceTask } from "#lib/price-book/price-tasks.ts";
import { PriceAmount } from "../price-amount.tsx";
import { modelHref } from "../price-query.ts";
import { SourceLink } from "../source-link.tsx";
import { RecheckForm } from "./recheck-form.tsx";

const PRICES_SHOWN = 4;
const MODELS_SHOWN = 3;

/** One line for each model: its prices, what is to be looked at, and the way to say that one did. */
export function TaskTable({
  caption,
  tasks,
  mayChange,
}: {
  readonly caption: string;
  readonly tasks: readonly PriceTask[];
  readonly mayChange: boolean;
}) {
  const t = useTranslations("PriceChecks");
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <HeadCell>{t("model")}</HeadCell>
          <HeadCell>{t("day")}</HeadCell>
          <HeadCell>{t("prices")}</HeadCell>
          <HeadCell>{t("source")}</HeadCell>
          {mayChange && <HeadCell>{t("look")}</HeadCell>}
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <TaskRow key={`${task.rows[0]?.id}`} {...{ task, mayChange }} />
        ))}
      </tbody>
    </Table>
  );
}

function TaskRow({ task, mayChange }: { readonly task: PriceTask; readonly mayChange: boolean }) {
  const t = useTranslations("PriceChecks");
  const { provider, models, day, rows, promotion } = task;
  const [head] = rows;
  return (
    <Row className="align-top">
      <RowHead className="min-w-40 py-2">
        {models.length === 0 && <span className="block font-medium">{t("fees")}</span>}
        {models.slice(0, MODELS_SHOWN).map((model) => (
          <Link
            key={model}
            href={modelHref(provider, model)}
            className="block break-words font-medium underline-offset-2 hover:underline"
          >
            {model}
          </Link>
        ))}
        <More count={models.length - MODELS_SHOWN} />
        <span className="block text-muted text-xs">{provider}</span>
      </RowHead>
      <Cell className="figures whitespace-nowrap py-2">{day}</Cell>
      <Cell className="figures min-w-44 py-2 text-xs">
        {models.length > 1 ? (
          t("countOfPrices", { count: rows.length })
        ) : (
          <>
            {rows.slice(0, PRICES_SHOWN).map((row) => (
              <Price key={row.id} row={row} />
            ))}
            <More count={rows.length - PRICES_SHOWN} />
          </>
        )}
      </Cell>
      <Cell className="min-w-44 py-2">
        {head !== undefined && <SourceLink row={head} />}
        {promotion !== null && (
          <q className="mt-1 block max-w-96 text-muted text-xs">{promotion.quote}</q>
        )}
      </Cell>
      {mayChange && (
        <Cell className="min-w-64 py-2">
          <RecheckForm
            name={models[0] ?? provider}
            ids={rows.map(({ id }) => id)}
            url={promotion?.url ?? head?.source.url ?? ""}
          />
        </Cell>
      )}
    </Row>
  );
}

function More({ count }: { readonly count: number }) {
  const t = useTranslations("PriceChecks");
  return count > 0 && <span className="block text-muted text-xs">{t("more", { count })}</span>;
}

function Price({ row }: { readonly row: ListedPrice }) {
  return (
    <span className="block whitespace-nowrap">
      <span className="text-muted">
        <UnitName unit={row.unit} />
        {row.tier && ` · ${row.tier}`}
      </span>{" "}
      <PriceAmount price={row.price} kind={row.kind} />
    </span>
  );
}
