import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { firstOf, type PageInput, type SearchParams } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { filterPrices, type ListedPrice } from "#lib/price-book/list-prices.ts";
import { readPrices } from "../read-prices.ts";
import { type ComparedModel, ComparePanel } from "./compare-panel.tsx";
import { RateTable } from "./rate-table.tsx";

export async function generateMetadata({ searchParams }: PageInput): Promise<Metadata> {
  return { title: text(await searchParams, "model") };
}

/** One model's rates with their whole history, and beside another's. */
export default async function ModelPricesPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t] = [await searchParams, await getTranslations("Prices")];
  const [provider, model] = [text(params, "provider"), text(params, "model")];
  const [at, believed] = [text(params, "at"), text(params, "believed")];
  const [atDay, believedDay] = [dayOf(at), dayOf(believed)];
  const all = await readPrices(viewer, {
    ...(atDay === null ? {} : { at: atDay }),
    ...(believedDay === null ? {} : { believedAt: believedDay }),
  });
  const first = modelOf(all, provider, model);
  const other = text(params, "with");
  const slash = other.indexOf("/");
  const second = slash < 1 ? null : modelOf(all, other.slice(0, slash), other.slice(slash + 1));
  const mayChange = viewer.teams === "all" && ["admin", "finance"].includes(viewer.role);
  return (
    <>
      <PageHeader title={model || t("allModels")} note={provider}>
        <Link href="/prices" className={buttonClass("ghost")}>
          {t("title")}
        </Link>
        {mayChange && (
          <Link
            href={`/prices/new?${new URLSearchParams({ provider, model })}`}
            className={buttonClass()}
          >
            {t("record")}
          </Link>
        )}
      </PageHeader>
      <ComparePanel first={first} second={second} />
      <form action="/prices/model" className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="provider" value={provider} />
        <input type="hidden" name="model" value={model} />
        <TextField label={t("chargedWhen")} name="at" type="date" defaultValue={at} />
        <TextField label={t("believedWhen")} name="believed" type="date" defaultValue={believed} />
        <button type="submit" className={buttonClass()}>
          {t("show")}
        </button>
      </form>
      <Panel title={t("history")} note={t("historyNote")}>
        {first.rows.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <RateTable rows={first.rows} mayChange={mayChange} />
        )}
      </Panel>
    </>
  );
}

function modelOf(all: readonly ListedPrice[], provider: string, model: string): ComparedModel {
  return { provider, model, rows: filterPrices(all, { providers: [provider], models: [model] }) };
}

function text(params: SearchParams, name: string): string {
  return (firstOf(params[name]) ?? "").slice(0, 400);
}

/** The end of a day, so that what was recorded in it belongs to it. */
function dayOf(day: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const end = new Date(`${day}T23:59:59.999Z`);
  return Number.isNaN(end.getTime()) ? null : end;
}
