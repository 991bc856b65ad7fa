import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { unpricedQueue } from "#lib/price-book/unpriced-queue.ts";
import { LastStep } from "./last-step.tsx";
import { UnpricedTable } from "./unpriced-table.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Unpriced");
  return { title: t("title") };
}

/** Calls that wait for a price. Until they have one, every sum above them is a lower bound. */
export default async function UnpricedPage() {
  const viewer = await requireViewer();
  const { sql } = context();
  const [t, { timeZone }, pricing, now] = await Promise.all([
    getTranslations("Unpriced"),
    currentOrganization(),
    loadPricing(sql),
    requestTime(),
  ]);
  const items = await unpricedQueue(sql, viewer, pricing, now);
  const [waiting, unknowable] = [
    items.filter(({ reason }) => reason !== "no_usage"),
    items.filter(({ reason }) => reason === "no_usage"),
  ];
  const calls = waiting.reduce((sum, item) => sum + item.calls, 0);
  const mayChange = viewer.teams === "all" && ["admin", "finance"].includes(viewer.role);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <Link href="/prices/aliases" className={buttonClass("ghost")}>
          {t("aliases")}
        </Link>
      </PageHeader>
      <LastStep>
        {calls > 0 && (
          <Notice tone="warn" title={t("waiting", { calls })}>
            {t("lowerBound")}
          </Notice>
        )}
        <Panel
          title={t("models")}
          note={t("modelsNote")}
          actions={<CsvLink href="/api/v1/export/unpriced.csv" what={t("models")} />}
        >
          {waiting.length === 0 ? (
            <Empty title={t("none")}>{t("noneHint")}</Empty>
          ) : (
            <UnpricedTable
              caption={t("models")}
              items={waiting}
              timeZone={timeZone}
              mayChange={mayChange}
            />
          )}
        </Panel>
      </LastStep>
      {unknowable.length > 0 && (
        <Panel title={t("noUsage")} note={t("noUsageNote")}>
          <UnpricedTable
            caption={t("noUsage")}
            items={unknowable}
            timeZone={timeZone}
            mayChange={false}
          />
        </Panel>
      )}
    </>
  );
}
