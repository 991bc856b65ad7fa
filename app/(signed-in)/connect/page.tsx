import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { context } from "#app/_server/context.ts";
import { otlpUrl } from "#app/_server/otlp-url.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { Connector } from "./connector.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Connect");
  return { title: t("title") };
}

/** How to make an agent report to us, ready to copy, and whether it arrived. */
export default async function ConnectPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Connect");
  if (viewer.role !== "admin") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("adminsOnly")} />
      </>
    );
  }
  const teams = await currentTeams();
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <Connector url={otlpUrl(context().config)} teams={teams} />
    </>
  );
}
