import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { PRICE_KINDS } from "../price-form-input.ts";
import { PriceForm } from "./price-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Prices");
  return { title: t("record") };
}

/** Where a person records a price. */
export default async function NewPricePage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t] = [await searchParams, await getTranslations("Prices")];
  if (viewer.teams !== "all" || !["admin", "finance"].includes(viewer.role)) {
    return (
      <>
        <PageHeader title={t("record")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const text = (name: string) => (firstOf(params[name]) ?? "").slice(0, 200);
  const start = {
    kind: PRICE_KINDS.find((kind) => kind === text("kind")) ?? "list",
    provider: text("provider"),
    model: text("model"),
    tier: text("tier"),
    from: /^\d{4}-\d{2}-\d{2}$/.test(text("from")) ? text("from") : "",
  };
  return (
    <>
      <PageHeader title={t("record")} note={t("recordNote")} />
      <Panel title={t("price")} note={t("usDollars")}>
        <PriceForm start={start} teams={await currentTeams()} />
      </Panel>
    </>
  );
}
