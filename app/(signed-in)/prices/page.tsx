import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PagingNav } from "#app/_paging/paging-nav.tsx";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { filterPrices, freshnessOf } from "#lib/price-book/list-prices.ts";
import { priceCards } from "#lib/price-book/price-cards.ts";
import { sortCards } from "#lib/price-book/sort-cards.ts";
import { FreshnessBadge } from "./freshness-badge.tsx";
import { PriceFilters } from "./price-filters.tsx";
import { filterOf, readPriceQuery, searchOf } from "./price-query.ts";
import { PriceTable } from "./price-table.tsx";
import { readPrices } from "./read-prices.ts";

const CARDS_SHOWN = 60;
/** As many prices as one answer of the API may have: more than the book has. */
const WHOLE = "20000";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Prices");
  return { title: t("title") };
}

/** Every rate that a call can be priced with, each with its source. */
export default async function PricesPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [query, t] = [readPriceQuery(await searchParams), await getTranslations("Prices")];
  const all = await readPrices(viewer);
  const found = priceCards(filterPrices(all, filterOf(query)));
  const { sort } = query;
  const cards = sort === null ? found : sortCards(found, sort.id, sort.desc);
  const shown = cards.slice((query.page - 1) * CARDS_SHOWN, query.page * CARDS_SHOWN);
  const mayChange = viewer.teams === "all" && ["admin", "finance"].includes(viewer.role);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <FreshnessBadge freshness={freshnessOf(all)} />
        <Link href="/prices/checks" className={buttonClass("ghost")}>
          {t("checks")}
        </Link>
        {mayChange && (
          <>
            <Link href="/prices/import" className={buttonClass("ghost")}>
              {t("import")}
            </Link>
            <Link href="/prices/new" className={buttonClass()}>
              {t("record")}
            </Link>
          </>
        )}
      </PageHeader>
      <PriceFilters
        query={query}
        providers={distinct(all.map(({ provider }) => provider))}
        tiers={distinct(all.map(({ tier }) => tier))}
      />
      <Panel
        title={t("cards", { count: cards.length })}
        note={t("perMillion")}
        actions={
          <>
            <a
              href={`/api/v1/prices${searchOf(query, { limit: WHOLE }, true)}`}
              className="px-2 font-medium text-muted text-xs hover:text-text"
            >
              JSON
            </a>
            <CsvLink
              href={`/api/v1/export/prices.csv${searchOf(query, {}, true)}`}
              what={t("title")}
            />
          </>
        }
      >
        {shown.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <PriceTable cards={shown} query={query} />
        )}
        <PagingNav>
          {query.page > 1 && (
            <Link
              href={`/prices${searchOf(query, { page: String(query.page - 1) })}`}
              className={buttonClass("ghost")}
            >
              {t("previous")}
            </Link>
          )}
          {query.page * CARDS_SHOWN < cards.length && (
            <Link
              href={`/prices${searchOf(query, { page: String(query.page + 1) })}`}
              className={buttonClass()}
            >
              {t("next")}
            </Link>
          )}
        </PagingNav>
      </Panel>
    </>
  );
}

function distinct(names: readonly (string | null)[]): string[] {
  return [...new Set(names.flatMap((name) => name ?? []))].sort();
}
