import { ChevronDown } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Amount } from "#app/_components/amount.tsx";
import { CostPicker } from "#app/_components/cost-picker.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { receiptHref } from "#app/_query/links.ts";
import { type PageQuery, readCostBasis } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { context } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { recentSpend } from "#app/_server/recent-spend.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { type Usd, ZERO_USD } from "#lib/money/money.ts";
import { listProjects, type Project } from "#lib/organization/projects.ts";
import { ProjectEditor } from "./project-editor.tsx";
import { ProjectForm } from "./project-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Projects");
  return { title: t("title") };
}

/** Projects, the teams that they belong to, and what they spent of late. */
export default async function ProjectsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const basis = readCostBasis(await searchParams);
  const [t, costs] = await Promise.all([
    getTranslations("Projects"),
    getTranslations("Costs.names"),
  ]);
  if (viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const mayChange = viewer.role === "admin";
  const [projects, teams, { own, query }] = await Promise.all([
    listProjects(context().sql, viewer),
    currentTeams(),
    recentSpend(viewer, "project", basis),
  ]);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <CostPicker basis={basis} />
      </PageHeader>
      <UsageInReporting scope={viewer} query={query} />
      <Panel
        title={t("title")}
        note={t("spendNote", { cost: costs(basis) })}
        actions={<CsvLink href="/api/v1/export/projects.csv" what={t("title")} />}
      >
        {projects.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <ul className="divide-y divide-line">
            {projects.map((project) => (
              <li key={project.id}>
                {mayChange ? (
                  <details className="group">
                    <summary className="list-none hover:bg-hover">
                      <ProjectLine
                        project={project}
                        spent={own.get(project.id)}
                        query={query}
                        isOpenable
                      />
                    </summary>
                    <ProjectEditor project={project} teams={teams} />
                  </details>
                ) : (
                  <ProjectLine project={project} spent={own.get(project.id)} query={query} />
                )}
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {mayChange && <ProjectForm teams={teams} />}
    </>
  );
}

async function ProjectLine({
  project: { id, name, team, archivedAt },
  spent = ZERO_USD,
  query,
  isOpenable = false,
}: {
  /** The days that the spend is of. */
  readonly query: PageQuery;
  readonly project: Project;
  readonly spent: Usd | undefined;
  readonly isOpenable?: boolean;
}) {
  const t = await getTranslations("Projects");
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2">
      <span className="font-medium">{name}</span>
      <code className="font-mono text-muted text-xs">{id}</code>
      <span className="text-muted">{team ?? t("noTeam")}</span>
      {archivedAt !== null && <span className="text-warn">{t("archived")}</span>}
      <span className="ml-auto">
        <FigureLink href={receiptHref({ ...query, filters: { project: [id] } })}>
          <Amount usd={spent} />
        </FigureLink>
      </span>
      {isOpenable && (
        <ChevronDown className="size-4 text-faint group-open:rotate-180" aria-hidden />
      )}
    </div>
  );
}
