import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { requestTime } from "#app/_server/context.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { type PriceTaskKind, priceTasks } from "#lib/price-book/price-tasks.ts";
import { PROMOTIONS } from "#lib/pricing/promotions.ts";
import { readPrices } from "../read-prices.ts";
import { TaskTable } from "./task-table.tsx";

const KINDS: readonly PriceTaskKind[] = ["promo_ended", "announced", "not_rechecked"];
const MOST_SHOWN = 100;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("PriceChecks");
  return { title: t("title") };
}

/** Prices that somebody should look at, at their source. */
export default async function PriceChecksPage() {
  const viewer = await requireViewer();
  const [t, now] = [await getTranslations("PriceChecks"), await requestTime()];
  const today = now.toISOString().slice(0, 10);
  const tasks = priceTasks(await readPrices(viewer), PROMOTIONS, today);
  const mayChange = viewer.teams === "all" && ["admin", "finance"].includes(viewer.role);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <Link href="/prices" className={buttonClass("ghost")}>
          {t("book")}
        </Link>
      </PageHeader>
      {KINDS.map((kind) => {
        const ofKind = tasks.filter((task) => task.kind === kind);
        return (
          <Panel
            key={kind}
            title={t("count", { kind: t(`kinds.${kind}`), count: ofKind.length })}
            note={t(`notes.${kind}`)}
          >
            {ofKind.length === 0 ? (
              <Empty title={t("none")} />
            ) : (
              <TaskTable
                caption={t(`kinds.${kind}`)}
                tasks={ofKind.slice(0, MOST_SHOWN)}
                mayChange={mayChange && kind !== "announced"}
              />
            )}
          </Panel>
        );
      })}
    </>
  );
}
