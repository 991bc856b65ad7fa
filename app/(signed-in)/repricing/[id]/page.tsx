import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { RunPage } from "#app/_history/run-page.tsx";
import { context } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { readRun } from "#lib/history-runs/history-run.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Repricing");
  return { title: t("runTitle") };
}

/** One pricing run: how far it has come, and what it changed. */
export default async function RepricingRunPage({ params }: PageInput<{ readonly id: string }>) {
  const viewer = await requireViewer();
  const { id } = await params;
  const mayLook = viewer.teams === "all" && ["admin", "finance"].includes(viewer.role);
  const run = mayLook && /^\d{1,18}$/.test(id) ? await readRun(context().sql, BigInt(id)) : null;
  if (run?.kind !== "reprice") notFound();
  const t = await getTranslations("Repricing");
  return <RunPage run={run} title={t("runTitle")} base="/repricing" />;
}
