import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { readFiscalCalendar } from "#lib/organization/settings.ts";
import { BudgetForm } from "../budget-form.tsx";
import { emptyForm } from "../form-start.ts";
import { readChoices } from "../read-choices.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Budgets");
  return { title: t("new") };
}

/** Where a person sets a budget; the address may name the team. */
export default async function NewBudgetPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t, now] = [
    await searchParams,
    await getTranslations("Budgets"),
    await requestTime(),
  ];
  if (viewer.role === "viewer") {
    return (
      <>
        <PageHeader title={t("new")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const team = (firstOf(params.team) ?? "").slice(0, 200);
  const calendar = await readFiscalCalendar(context().sql);
  const start = emptyForm(team, now.toISOString().slice(0, 10), calendar);
  return (
    <>
      <PageHeader title={t("new")} note={t("newNote")} />
      <Panel title={t("budget")}>
        <BudgetForm start={start} choices={await readChoices(viewer, now)} />
      </Panel>
    </>
  );
}
