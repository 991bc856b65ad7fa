import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AsOf } from "#app/_components/as-of.tsx";
import { buttonClass } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { TodayRateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingToday } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { readAccuracy } from "#lib/forecasting/accuracy.ts";
import { listEvents } from "#lib/forecasting/events.ts";
import { readForecast, type ScopeForecast } from "#lib/forecasting/read-forecast.ts";
import { refitState } from "#lib/forecasting/refit-runs.ts";
import { type ForecastScope, firstScope, parseScope, scopeText } from "#lib/forecasting/scope.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { AccuracyPanel } from "./accuracy-panel.tsx";
import { EventsPanel } from "./events-panel.tsx";
import { forecastMarks } from "./forecast-marks.ts";
import { ForecastPanel } from "./forecast-panel.tsx";
import { ForecastSummary } from "./forecast-summary.tsx";
import { RefitButton } from "./refit-button.tsx";
import { readScopeChoices } from "./scope-choices.ts";
import { ScopePicker } from "./scope-picker.tsx";

const HORIZONS = [30, 60, 90];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Forecasts");
  return { title: t("title") };
}

/** Where spend is heading, and how far such forecasts could be trusted. */
export default async function ForecastsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t, now] = [
    await searchParams,
    await getTranslations("Forecasts"),
    await requestTime(),
  ];
  const { sql } = context();
  const wanted = Number(firstOf(params.horizon) ?? HORIZONS[0]);
  const horizon = HORIZONS.includes(wanted) ? wanted : 30;
  const asked = readScope(firstOf(params.scope), viewer);
  const [found, choices, events, refit] = await Promise.all([
    forecastOrNull(viewer, asked, horizon, now.getTime()),
    readScopeChoices(viewer, asked, now.getTime()),
    listEvents(sql, viewer),
    refitState(sql),
  ]);
  const name = scopeText(asked);
  const reporting = found?.unit === CURRENCY ? await reportingToday(now) : null;
  const [accuracy = null] = await readAccuracy(sql, viewer, name, now.getTime());
  return (
    <>
      <PageHeader
        title={t("title")}
        note={
          <>
            {t("note")} <AsOf />
          </>
        }
      >
        <Link href="/forecasts/what-if" className={buttonClass("ghost")}>
          {t("whatIf")}
        </Link>
        {viewer.role !== "viewer" && <RefitButton isUnderWay={refit.isUnderWay} />}
      </PageHeader>
      <ScopePicker choices={choices} scope={name} horizon={horizon} horizons={HORIZONS} />
      {found === null ? (
        <Notice tone="warn" title={t("noScope")}>
          {t("noScopeHint")}
        </Notice>
      ) : (
        <>
          <ForecastSummary forecast={found} accuracy={accuracy} rate={reporting?.rate ?? null} />
          {reporting && <TodayRateNote reporting={reporting} />}
          <ForecastPanel
            forecast={found}
            horizon={horizon}
            marks={await forecastMarks(viewer, found)}
          />
        </>
      )}
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <AccuracyPanel accuracy={accuracy} />
        <EventsPanel
          events={events}
          scope={asked.kind === "budget" ? "organization" : name}
          choices={choices}
          viewer={viewer}
          editing={firstOf(params.edit)}
        />
      </div>
    </>
  );
}

function readScope(text: string | undefined, viewer: Viewer): ForecastScope {
  try {
    return text === undefined || text === "" ? firstScope(viewer) : parseScope(text);
  } catch (error) {
    if (error instanceof AppError) return firstScope(viewer);
    throw error;
  }
}

/** Null for what is unknown, or not the viewer's to see. */
async function forecastOrNull(
  viewer: Viewer,
  scope: ForecastScope,
  horizon: number,
  now: number,
): Promise<ScopeForecast | null> {
  try {
    return await readForecast(context().sql, viewer, scope, horizon, now);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
