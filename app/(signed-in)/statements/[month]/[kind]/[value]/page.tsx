import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { formatMonth } from "#app/_statements/format-month.ts";
import { MonthPicker } from "#app/_statements/month-picker.tsx";
import { readMonth } from "#app/_statements/read-month.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { instantsOf } from "#lib/close/month.ts";
import { readStatement, type StatementOf } from "#lib/close/read-statement.ts";
import { readStatementBudgets } from "#lib/close/statement-budgets.ts";
import { AppError } from "#lib/errors.ts";
import { AdjustmentSection } from "./adjustment-section.tsx";
import { FixedSection } from "./fixed-section.tsx";
import { PrintButton } from "./print-button.tsx";
import { StatementFigures } from "./statement-figures.tsx";
import { StatementFoot } from "./statement-foot.tsx";
import { StatementHead } from "./statement-head.tsx";
import { SumSection } from "./sum-section.tsx";
import { UsageSection } from "./usage-section.tsx";

type Params = { readonly month: string; readonly kind: string; readonly value: string };

const KINDS: Readonly<Record<string, StatementOf["kind"]>> = {
  team: "team",
  "cost-center": "cost_center",
};

export async function generateMetadata({ params }: PageInput<Params>): Promise<Metadata> {
  const [{ month, value }, t, locale] = [
    await params,
    await getTranslations("Statements"),
    await getLocale(),
  ];
  const isMonth = /^20\d\d-(0[1-9]|1[0-2])$/.test(month);
  const words = [t("statement"), decodeURIComponent(value)];
  return { title: [...words, ...(isMonth ? [formatMonth(month, locale)] : [])].join(" · ") };
}

/** One statement, for the screen and for paper. */
export default async function StatementPage({ params }: PageInput<Params>) {
  const viewer = await requireViewer();
  const asked = await params;
  const kind = KINDS[asked.kind];
  const [t, { name, timeZone }, now] = await Promise.all([
    getTranslations("Statements"),
    currentOrganization(),
    requestTime(),
  ]);
  const { month, running } = readMonth(asked.month, now, timeZone);
  if (kind === undefined || month.name !== asked.month) notFound();
  const of = { kind, value: decodeURIComponent(asked.value) };
  const statement = await found(viewer, asked.month, of);
  const budgets = await readStatementBudgets(context().sql, viewer, statement, now);
  const reporting = await reportingRates({ ...instantsOf(month, timeZone), timeZone }, now);
  const query = new URLSearchParams({ month: month.name, [kind]: of.value });
  const hrefOf = (other: string) =>
    `/statements/${other}/${asked.kind}/${encodeURIComponent(of.value)}`;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 print:hidden">
        <Link href={`/statements?month=${month.name}&by=${kind}`} className={buttonClass("ghost")}>
          {t("title")}
        </Link>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <CsvLink href={`/api/v1/statement.csv?${query}`} what={t("statement")} />
          <PrintButton />
          <MonthPicker month={month} running={running} hrefOf={hrefOf} />
        </div>
      </div>
      <article className="statement mx-auto w-full max-w-5xl rounded-lg border border-line bg-surface">
        <StatementHead statement={statement} organization={name} />
        <StatementFigures statement={statement} budgets={budgets} reporting={reporting} />
        <UsageSection statement={statement} />
        <FixedSection statement={statement} />
        <AdjustmentSection statement={statement} />
        <SumSection statement={statement} />
        <StatementFoot statement={statement} />
      </article>
    </>
  );
}

async function found(viewer: Viewer, month: string, of: StatementOf) {
  try {
    return await readStatement(context().sql, viewer, { month, of });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
