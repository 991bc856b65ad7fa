import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { TodayRateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingToday } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { mistakeWords, refusalWords } from "#app/_server/refusal-words.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { quoteForTeam, type TeamQuote } from "#lib/price-book/team-quote.ts";
import { quote } from "#lib/pricing/quote.ts";
import { CalculatorForm } from "./calculator-form.tsx";
import { type Question, questionsOf, readCalculatorQuery } from "./calculator-query.ts";
import { QuotePanel } from "./quote-panel.tsx";
import { QuoteSummary } from "./quote-summary.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Calculator");
  return { title: t("title") };
}

/** What a call costs, on the engine that prices telemetry; up to three models side by side. */
export default async function CalculatorPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t, now] = [
    await searchParams,
    await getTranslations("Calculator"),
    await requestTime(),
  ];
  const query = readCalculatorQuery(params);
  const [teams, reporting, answers] = await Promise.all([
    currentTeams(),
    reportingToday(now),
    Promise.all(questionsOf(query, now).map((question) => answer(viewer, question, query.team))),
  ]);
  const visible = teams.filter(({ slug }) => viewer.teams === "all" || viewer.teams.includes(slug));
  const quotes = answers.flatMap(({ name, quote: found }) => (found ? [{ name, ...found }] : []));
  const rate = reporting?.rate ?? null;
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <Panel title={t("call")} note={t("callNote")}>
        <CalculatorForm query={query} teams={visible} />
      </Panel>
      {answers.length === 0 && (
        <Panel title={t("cost")}>
          <Empty title={t("nothing")}>{t("nothingHint")}</Empty>
        </Panel>
      )}
      {answers.map(
        ({ name, mistakes }) =>
          mistakes !== undefined && (
            <Notice key={name} tone="danger" title={t("cannot", { name })}>
              {mistakes.map((mistake) => (
                <p key={mistake}>{mistake}</p>
              ))}
            </Notice>
          ),
      )}
      {quotes.length > 0 && reporting !== null && <TodayRateNote reporting={reporting} />}
      {quotes.length > 1 && <QuoteSummary quotes={quotes} rate={rate} />}
      {quotes.map((found) => (
        <QuotePanel key={found.name} quote={found} isOfTeam={query.team !== ""} rate={rate} />
      ))}
    </>
  );
}

type Answer = {
  readonly name: string;
  readonly quote?: TeamQuote;
  readonly mistakes?: readonly string[];
};

async function answer(viewer: Viewer, question: Question, team: string): Promise<Answer> {
  const { name } = question;
  if ("reasons" in question) return { name, mistakes: await mistakeWords(question.reasons) };
  const { sql } = context();
  if (team === "") {
    const list = quote((await loadPricing(sql)).book, question.input);
    return { name, quote: { ...list, list_usd: list.usd, list_lines: [] } };
  }
  try {
    return { name, quote: await quoteForTeam(sql, viewer, question.input, team) };
  } catch (error) {
    if (error instanceof AppError) return { name, mistakes: [await refusalWords(error)] };
    throw error;
  }
}
