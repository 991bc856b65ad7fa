import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { answerWhatIf, type WhatIfReplay } from "#lib/forecasting/read-usage-rows.ts";
import { listScenarios } from "#lib/forecasting/scenarios.ts";
import { firstScope, scopeText } from "#lib/forecasting/scope.ts";
import { readScopeChoices } from "../scope-choices.ts";
import { AnswerPanels } from "./answer-panels.tsx";
import { AnswerSummary } from "./answer-summary.tsx";
import { AssumptionsPanel } from "./assumptions-panel.tsx";
import { readQuestion } from "./question-query.ts";
import { ScenariosPanel } from "./scenarios-panel.tsx";
import { WhatIfForm } from "./what-if-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("WhatIf");
  return { title: t("title") };
}

/** What the last 30 days would have cost under other circumstances. */
export default async function WhatIfPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t, now] = [
    await searchParams,
    await getTranslations("WhatIf"),
    (await requestTime()).getTime(),
  ];
  const { sql } = context();
  const { fields, question } = readQuestion(params);
  const [choices, scenarios, answer] = await Promise.all([
    readScopeChoices(viewer, firstScope(viewer), now),
    listScenarios(sql, viewer),
    question === null ? null : answerOrNull(() => answerWhatIf(sql, viewer, question, now)),
  ]);
  const reporting = answer === null ? null : await reportingOf(answer, now);
  const rate = reporting?.rates.on(reporting.currency, reporting.lastDay) ?? null;
  const scope = fields.scope || scopeText(firstScope(viewer));
  const names = new Map(choices.map((choice) => [choice.scope, choice.name]));
  names.set("organization", t("organization"));
  const isSaveable = answer !== null && viewer.role !== "viewer";
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <Link href="/forecasts" className={buttonClass("ghost")}>
          {t("forecasts")}
        </Link>
      </PageHeader>
      <Panel title={t("question")} note={t("questionNote")}>
        <WhatIfForm
          fields={{ ...fields, scope }}
          choices={choices.filter(({ group }) => group !== "budget")}
        />
      </Panel>
      {question === null && <Notice tone="danger" title={t("badQuestion")} />}
      {answer === null && question !== null && <Notice tone="warn" title={t("noScope")} />}
      {answer !== null &&
        (answer.models.length === 0 ? (
          <Panel title={t("answer")}>
            <Empty title={t("noUsage")}>{t("noUsageHint")}</Empty>
          </Panel>
        ) : (
          <>
            <AnswerSummary replay={answer} rate={rate} />
            {reporting && <RateNote of="period" reporting={reporting} />}
            <AnswerPanels replay={answer} scope={scope} rate={rate} />
          </>
        ))}
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <ScenariosPanel
          scenarios={scenarios}
          names={names}
          question={isSaveable ? JSON.stringify(question) : null}
          viewer={viewer}
        />
        <AssumptionsPanel />
      </div>
    </>
  );
}

/** The rates of the days that were replayed. */
function reportingOf({ period: { fromMs, toMs, timeZone } }: WhatIfReplay, now: number) {
  return reportingRates({ from: new Date(fromMs), to: new Date(toMs), timeZone }, new Date(now));
}

/** Null for a scope that is unknown, or not the viewer's. */
async function answerOrNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AppError && ["not_found", "invalid"].includes(error.code)) return null;
    throw error;
  }
}
