import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { mayChange } from "#lib/budget-control/budget-access.ts";
import { visibleBudgets } from "#lib/budget-control/read-budgets.ts";
import { BudgetForm } from "../../budget-form.tsx";
import { formOf } from "../../form-start.ts";
import { readChoices } from "../../read-choices.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Budgets");
  return { title: t("edit") };
}

/** Where a person changes a budget. */
export default async function EditBudgetPage({ params }: PageInput<{ readonly id: string }>) {
  const viewer = await requireViewer();
  const [{ id }, t, now] = [await params, await getTranslations("Budgets"), await requestTime()];
  const budgets = await visibleBudgets(context().sql, viewer, now.getTime());
  const budget = budgets.find((each) => each.id === id);
  if (budget === undefined || !mayChange(viewer, budget)) notFound();
  const start = formOf(budget, now.toISOString().slice(0, 10));
  return (
    <>
      <PageHeader title={budget.name} note={t("editNote")} />
      <Panel title={t("edit")}>
        <BudgetForm start={start} choices={await readChoices(viewer, now)} />
      </Panel>
    </>
  );
}
