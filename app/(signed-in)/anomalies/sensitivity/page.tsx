import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { backTest } from "#lib/anomaly-control/back-test.ts";
import { BackTestPanel } from "./back-test-panel.tsx";
import { KeepLimits } from "./keep-limits.tsx";
import { LimitForm } from "./limit-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Anomalies");
  return { title: t("sensitivity") };
}

/** What the daily detector would have said with other limits, on the days that are there. */
export default async function SensitivityPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t, { timeZone }, now] = [
    await searchParams,
    await getTranslations("Anomalies"),
    await currentOrganization(),
    await requestTime(),
  ];
  const first = viewer.teams === "all" ? undefined : viewer.teams[0];
  const team = firstOf(params.team)?.slice(0, 200) || first;
  const isOwn = viewer.teams === "all" || (team !== undefined && viewer.teams.includes(team));
  const own = isOwn ? team : first;
  if (viewer.teams !== "all" && own === undefined) {
    return <Empty title={t("noTeam")} />;
  }
  const result = await backTest(
    context().sql,
    viewer,
    {
      scope: own === undefined ? {} : { team: own },
      deviations: figureOf(params.deviations),
      share: percentOf(params.share),
      amount: figureOf(params.amount),
    },
    now.getTime(),
  );
  const whole = viewer.teams === "all" ? [{ slug: "", name: t("wholeOrganization") }] : [];
  const teams = (await currentTeams()).filter(
    ({ slug }) => viewer.teams === "all" || viewer.teams.includes(slug),
  );
  return (
    <>
      <PageHeader title={t("sensitivity")} note={t("sensitivityNote")} />
      <LimitForm team={own} teams={[...whole, ...teams]} limits={result.limits} />
      {(viewer.role === "admin" || viewer.role === "finance") && (
        <KeepLimits limits={result.limits} />
      )}
      <BackTestPanel result={result} timeZone={timeZone} />
    </>
  );
}

function figureOf(value: string | string[] | undefined): number | null {
  const text = firstOf(value) ?? "";
  return /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : null;
}

function percentOf(value: string | string[] | undefined): number | null {
  const figure = figureOf(value);
  return figure === null ? null : figure / 100;
}
