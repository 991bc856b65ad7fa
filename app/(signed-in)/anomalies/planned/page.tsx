import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { firstOf } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { listPlannedEvents } from "#lib/anomaly-control/planned-events.ts";
import { PlannedForm } from "./planned-form.tsx";
import { PlannedTable } from "./planned-table.tsx";

const SHOWN_MS = 90 * 86_400_000;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("PlannedEvents");
  return { title: t("title") };
}

/** What people know beforehand: within its time more spend is no anomaly. */
export default async function PlannedEventsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t, { timeZone }, now] = [
    await searchParams,
    await getTranslations("PlannedEvents"),
    await currentOrganization(),
    await requestTime(),
  ];
  const since = new Date(now.getTime() - SHOWN_MS);
  const events = await listPlannedEvents(context().sql, viewer, since);
  const own = viewer.teams === "all" ? "" : (viewer.teams[0] ?? "");
  const mayPlan = viewer.role !== "viewer";
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      {mayPlan && (
        <Panel title={t("new")} note={t("newNote", { zone: timeZone })}>
          <PlannedForm team={firstOf(params.team)?.slice(0, 200) ?? own} />
        </Panel>
      )}
      <Panel title={t("count", { count: events.length })} note={t("shown")}>
        <PlannedTable events={events} timeZone={timeZone} viewer={viewer} now={now} />
      </Panel>
    </>
  );
}
