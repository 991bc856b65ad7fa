import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AsOf } from "#app/_components/as-of.tsx";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PageLinks } from "#app/_paging/page-links.tsx";
import { pageOf } from "#app/_paging/page-of.ts";
import { TodayRateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingToday } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { firstOf, type PageInput, type SearchParams } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { type ListedBudget, listBudgets } from "#lib/budget-control/read-budgets.ts";
import { BUDGET_STATES } from "#lib/budgets/status.ts";
import { BudgetTable } from "./budget-table.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Budgets");
  return { title: t("title") };
}

/** All budgets of the viewer, the worst first. */
export default async function BudgetsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t, now] = [
    await searchParams,
    await getTranslations("Budgets"),
    await requestTime(),
  ];
  const [{ budgets, timeZone }, reporting] = await Promise.all([
    listBudgets(context().sql, viewer, now.getTime()),
    reportingToday(now),
  ]);
  const wanted = {
    words: (firstOf(params.q) ?? "").trim().slice(0, 200).toLowerCase(),
    state: firstOf(params.state) ?? "",
  };
  const found = budgets.filter((listed) => isWanted(listed, wanted)).toSorted(byState);
  const shown = pageOf(found, firstOf(params.page));
  const mayChange = viewer.role !== "viewer";
  return (
    <>
      <PageHeader
        title={t("title")}
        note={
          <>
            {t("note", { zone: timeZone })} <AsOf />
          </>
        }
      >
        {mayChange && (
          <>
            <Link href="/budgets/import" className={buttonClass("ghost")}>
              {t("import")}
            </Link>
            <Link href="/budgets/new" className={buttonClass("primary")}>
              {t("new")}
            </Link>
          </>
        )}
      </PageHeader>
      {reporting && <TodayRateNote reporting={reporting} />}
      {budgets.length > 0 && (
        <form
          action="/budgets"
          className="grid grid-cols-2 items-end gap-3 md:grid-cols-[minmax(12rem,22rem)_12rem_auto] md:justify-start"
        >
          <TextField
            label={t("search")}
            name="q"
            type="search"
            maxLength={200}
            defaultValue={wanted.words}
            placeholder={t("searchExample")}
          />
          <SelectField label={t("state")} name="state" defaultValue={wanted.state}>
            <option value="">{t("all")}</option>
            {BUDGET_STATES.map((state) => (
              <option key={state} value={state}>
                {t(`states.${state}`)}
              </option>
            ))}
          </SelectField>
          <button type="submit" className={buttonClass()}>
            {t("show")}
          </button>
        </form>
      )}
      <Panel
        title={t("count", { count: found.length })}
        actions={<CsvLink href="/api/v1/budgets.csv" what={t("title")} />}
      >
        {found.length === 0 ? (
          <Empty title={budgets.length === 0 ? t("none") : t("noneFound")}>
            {budgets.length === 0 ? t("noneHint") : t("noneFoundHint")}
          </Empty>
        ) : (
          <>
            <BudgetTable budgets={shown.rows} timeZone={timeZone} rate={reporting?.rate ?? null} />
            <PageLinks shown={shown} hrefOf={(page) => `/budgets?${hrefQuery(params, page)}`} />
          </>
        )}
      </Panel>
    </>
  );
}

/** The same words and state, on another page. */
function hrefQuery({ q, state }: SearchParams, page: number): URLSearchParams {
  return new URLSearchParams({
    q: firstOf(q) ?? "",
    state: firstOf(state) ?? "",
    page: String(page),
  });
}

function isWanted(
  { status }: ListedBudget,
  { words, state }: { readonly words: string; readonly state: string },
): boolean {
  const { name, scope, owner } = status.budget;
  const text = [name, owner ?? "", ...Object.values(scope)].join(" ").toLowerCase();
  return text.includes(words) && (state === "" || status.state === state);
}

function byState(a: ListedBudget, b: ListedBudget): number {
  return BUDGET_STATES.indexOf(a.status.state) - BUDGET_STATES.indexOf(b.status.state);
}
