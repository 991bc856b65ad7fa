import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Button, buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PagingNav } from "#app/_paging/paging-nav.tsx";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { readAuditRetention } from "#lib/audit/audit-retention.ts";
import { AuditFilters, listAudit } from "#lib/audit/list-audit.ts";
import { AuditTable } from "./audit-table.tsx";
import { RetentionForm } from "./retention-form.tsx";

const PAGE_SIZE = 50;
const PATH = "/settings/audit";
const NAMES = ["actor", "action", "target", "result"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Audit");
  return { title: t("title") };
}

/** Who changed what, newest first. */
export default async function AuditPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const t = await getTranslations("Audit");
  if (viewer.role !== "admin" || viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("adminsOnly")} />
      </>
    );
  }
  const params = await searchParams;
  const given = NAMES.map((name) => [name, firstOf(params[name])?.trim() ?? ""] as const).filter(
    ([, value]) => value !== "",
  );
  const parsed = AuditFilters.safeParse(Object.fromEntries(given));
  const filters = parsed.success ? parsed.data : {};
  const before = /^\d{1,15}$/.test(firstOf(params.before) ?? "")
    ? Number(params.before)
    : undefined;
  const [{ entries, next }, { timeZone }, locale, days] = await Promise.all([
    listAudit(context().sql, viewer, filters, { limit: PAGE_SIZE, before }),
    currentOrganization(),
    getLocale(),
    readAuditRetention(context().sql),
  ]);
  const query = new URLSearchParams(given.map(([name, value]) => [name, value]));
  const older = new URLSearchParams([...query, ["before", String(next)]]);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <Panel
        title={t("entries")}
        actions={<CsvLink href={`/api/v1/audit.csv?${query}`} what={t("entries")} />}
      >
        <form
          action={PATH}
          className="grid items-end gap-3 border-line border-b p-4 sm:grid-cols-2 lg:grid-cols-5"
        >
          <TextField label={t("actor")} name="actor" defaultValue={filters.actor} maxLength={200} />
          <TextField
            label={t("action")}
            name="action"
            defaultValue={filters.action}
            maxLength={100}
            placeholder="key, budget.changed"
          />
          <TextField
            label={t("target")}
            name="target"
            defaultValue={filters.target}
            maxLength={200}
          />
          <SelectField label={t("result")} name="result" defaultValue={filters.result ?? ""}>
            <option value="">{t("anyResult")}</option>
            <option value="done">{t("results.done")}</option>
            <option value="refused">{t("results.refused")}</option>
          </SelectField>
          <Button type="submit">{t("apply")}</Button>
        </form>
        {entries.length === 0 ? (
          <Empty title={t("none")}>{given.length > 0 && t("noneHint")}</Empty>
        ) : (
          <AuditTable entries={entries} timeZone={timeZone} locale={locale} />
        )}
        {(next !== null || before !== undefined) && (
          <PagingNav>
            {before !== undefined && (
              <Link href={`${PATH}?${query}`} className={buttonClass("ghost")}>
                {t("newest")}
              </Link>
            )}
            {next !== null && (
              <Link href={`${PATH}?${older}`} className={buttonClass()}>
                {t("older")}
              </Link>
            )}
          </PagingNav>
        )}
      </Panel>
      <Panel title={t("retention")} note={t("retentionNote")}>
        <RetentionForm days={days} />
      </Panel>
    </>
  );
}
