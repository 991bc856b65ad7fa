import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { type ModelAlias, readAliases } from "#lib/price-book/model-alias.ts";
import { AliasTable } from "./alias-table.tsx";
import { NewAliasForm } from "./new-alias-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Aliases");
  return { title: t("title") };
}

/** The names that stand for other models: those in force, and all that was ever believed. */
export default async function AliasesPage() {
  const viewer = await requireViewer();
  const [t, now] = [await getTranslations("Aliases"), await requestTime()];
  const all = await readAliases(context().sql, "all");
  const [current, past] = [
    all.filter((alias) => isCurrent(alias, now)),
    all.filter((alias) => !isCurrent(alias, now)).toReversed(),
  ];
  const mayChange = viewer.teams === "all" && ["admin", "finance"].includes(viewer.role);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <Link href="/unpriced" className={buttonClass("ghost")}>
          {t("unpriced")}
        </Link>
      </PageHeader>
      {mayChange && (
        <Panel title={t("new")} note={t("newNote")}>
          <NewAliasForm />
        </Panel>
      )}
      <Panel
        title={t("current")}
        actions={<CsvLink href="/api/v1/export/model-aliases.csv" what={t("current")} />}
      >
        {current.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <AliasTable caption={t("current")} aliases={current} mayChange={mayChange} />
        )}
      </Panel>
      {past.length > 0 && (
        <Panel title={t("history")} note={t("historyNote")}>
          <AliasTable caption={t("history")} aliases={past} mayChange={false} />
        </Panel>
      )}
    </>
  );
}

/** Believed, and in force now or later. */
function isCurrent({ supersededAt, effectiveTo }: ModelAlias, now: Date): boolean {
  return supersededAt === null && (effectiveTo === null || effectiveTo > now);
}
