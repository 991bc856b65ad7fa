import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { context } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { listRules } from "#lib/organization/rules.ts";
import { RuleForm } from "../rule-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Rules");
  return { title: t("edit") };
}

/** A rule in force, to be changed. */
export default async function EditRulePage({ params }: PageInput<{ readonly id: string }>) {
  const viewer = await requireViewer();
  const t = await getTranslations("Rules");
  if (viewer.role !== "admin") {
    return (
      <>
        <PageHeader title={t("edit")} />
        <Notice title={t("adminsChange")} />
      </>
    );
  }
  const [{ id }, teams, rules] = await Promise.all([
    params,
    currentTeams(),
    listRules(context().sql, viewer, new Date()),
  ]);
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) notFound();
  return (
    <>
      <PageHeader title={t("edit")} note={t("editNote")} />
      <RuleForm
        id={rule.id}
        name={rule.name}
        conditions={rule.conditions}
        assign={rule.assign}
        ofTeam={rule.ofTeam}
        teams={teams}
      />
    </>
  );
}
