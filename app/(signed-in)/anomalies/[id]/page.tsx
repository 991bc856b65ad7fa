import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { AmountAtRate, RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { Anomaly } from "#lib/anomaly-control/anomaly.ts";
import { mayChange } from "#lib/anomaly-control/change-anomaly.ts";
import { readAnomaly } from "#lib/anomaly-control/list-anomalies.ts";
import { listNotes } from "#lib/anomaly-control/list-notes.ts";
import { raisedLimits } from "#lib/anomaly-control/raised-limits.ts";
import { AppError } from "#lib/errors.ts";
import { AnomalySentence } from "../sentence.tsx";
import { StateBadge } from "../state-badge.tsx";
import { DriversPanel } from "./drivers-panel.tsx";
import { figureLinks } from "./figure-links.ts";
import { LifeButtons } from "./life-buttons.tsx";
import { NotesPanel } from "./notes-panel.tsx";
import { SeriesPanel } from "./series-panel.tsx";
import { SplitPanel } from "./split-panel.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Anomalies");
  return { title: t("anomaly") };
}

/** One anomaly: how much, why, and what is done about it. */
export default async function AnomalyPage({ params }: PageInput<{ readonly id: string }>) {
  const viewer = await requireViewer();
  const { id } = await params;
  const anomaly = await readOne(viewer, id);
  const [t, locale, { timeZone }, now] = [
    await getTranslations("Anomalies"),
    await getLocale(),
    await currentOrganization(),
    await requestTime(),
  ];
  const { sql } = context();
  const notes = anomaly.isPart ? [] : await listNotes(sql, anomaly.id);
  const raised = anomaly.isPart ? 1 : await raisedLimits(sql, anomaly, now.getTime());
  const { startsAt, endsAt } = anomaly;
  const reporting = await reportingRates({ from: startsAt, to: endsAt, timeZone }, now);
  const rate = reporting?.at(endsAt) ?? null;
  const session = anomaly.findings[anomaly.kind]?.session;
  const links = figureLinks(anomaly, timeZone);
  const figures = {
    impact: typeof session === "string" ? links.rows({ session: [session] }) : links.compared(),
    expected: links.compared(),
    actual: links.rows(),
  } as const;
  return (
    <>
      <PageHeader
        title={
          <span className="inline-flex flex-wrap items-center gap-2.5">
            <AnomalySentence anomaly={anomaly} /> <StateBadge state={anomaly.state} />
          </span>
        }
        note={t("span", {
          kind: t(`kinds.${anomaly.kind}`),
          from: formatMoment(anomaly.startsAt, locale, timeZone),
          to: formatMoment(anomaly.endsAt, locale, timeZone),
          zone: timeZone,
        })}
      >
        {typeof session === "string" && (
          <Link href={`/sessions/${encodeURIComponent(session)}`} className={buttonClass()}>
            {t("session")}
          </Link>
        )}
        <Link href={links.rows()} className={buttonClass()}>
          {t("events")}
        </Link>
      </PageHeader>
      <dl className="grid grid-cols-2 gap-4 rounded-lg border border-line bg-surface p-4 sm:grid-cols-3 lg:grid-cols-6">
        {(["impact", "expected", "actual"] as const).map((name) => (
          <div key={name}>
            <dt className="text-muted text-xs">{t(name)}</dt>
            <dd className="font-semibold text-lg">
              <FigureLink href={figures[name]}>
                <AmountAtRate usd={anomaly[name]} rate={rate} />
              </FigureLink>
            </dd>
          </div>
        ))}
        <div>
          <dt className="text-muted text-xs">{t("toDetect")}</dt>
          <dd className="font-semibold text-lg">
            {minutes(anomaly.startsAt, anomaly.detectedAt, t)}
          </dd>
        </div>
        <div>
          <dt className="text-muted text-xs">{t("toResolve")}</dt>
          <dd className="font-semibold text-lg">
            {anomaly.resolvedAt === null ? "–" : minutes(anomaly.detectedAt, anomaly.resolvedAt, t)}
          </dd>
        </div>
        <div>
          <dt className="text-muted text-xs">{t("owner")}</dt>
          <dd className="truncate font-semibold text-lg" title={anomaly.owner ?? undefined}>
            {anomaly.owner ?? "–"}
          </dd>
        </div>
      </dl>
      {reporting && <RateNote of="period" reporting={reporting} />}
      {!anomaly.isPart && (
        <SeriesPanel anomaly={anomaly} viewer={viewer} now={now.getTime()} timeZone={timeZone} />
      )}
      <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
        <div className="flex flex-col gap-5">
          <DriversPanel
            explanation={anomaly.explanation}
            links={links}
            rate={rate}
            isProven={anomaly.source === "agent"}
          />
        </div>
        <div className="flex flex-col gap-5">
          {mayChange(viewer, anomaly) && (
            <Panel title={t("whatNow")}>
              <LifeButtons
                id={anomaly.id}
                state={anomaly.state}
                owner={anomaly.owner}
                feedback={anomaly.feedback}
              >
                {anomaly.feedback === "expected" && <p>{t("acceptedLevel")}</p>}
                {raised > 1 && <p>{t("raisedLimits", { share: raised - 1 })}</p>}
              </LifeButtons>
            </Panel>
          )}
          {anomaly.explanation.split !== null && (
            <SplitPanel split={anomaly.explanation.split} links={links} rate={rate} />
          )}
          <NotesPanel notes={notes} timeZone={timeZone} />
        </div>
      </div>
    </>
  );
}

type Words = Awaited<ReturnType<typeof getTranslations<"Anomalies">>>;

function minutes(from: Date, to: Date, t: Words): string {
  const count = Math.max(0, Math.round((to.getTime() - from.getTime()) / 60_000));
  return count < 120 ? t("minutes", { count }) : t("hours", { count: Math.round(count / 60) });
}

async function readOne(viewer: Viewer, id: string): Promise<Anomaly> {
  try {
    return await readAnomaly(context().sql, viewer, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
