import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { formatDays } from "#app/_format/format-time.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { fiscalCalendarOf, readSettings } from "#lib/organization/settings.ts";
import { periodAt } from "#lib/time/fiscal.ts";
import { SettingsForm } from "./settings-form.tsx";
import { ZoneProgress } from "./zone-progress.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Settings");
  return { title: t("title") };
}

/** What the organisation is called, which days it has, and how its year is cut. */
export default async function OrganizationPage() {
  const viewer = await requireViewer();
  const [t, locale, now] = await Promise.all([
    getTranslations("Settings"),
    getLocale(),
    requestTime(),
  ]);
  if (viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const settings = await readSettings(context().sql, viewer);
  const { zoneChange, ...given } = settings;
  const period = (unit: "month" | "quarter" | "year") => {
    const { start, end } = periodAt(
      now.getTime(),
      { unit },
      fiscalCalendarOf(settings),
      settings.timeZone,
    );
    return formatDays(new Date(start), new Date(end), locale, settings.timeZone);
  };
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      {zoneChange !== null && <ZoneProgress change={zoneChange} />}
      <SettingsForm
        settings={given}
        zones={Intl.supportedValuesOf("timeZone")}
        current={{ month: period("month"), quarter: period("quarter"), year: period("year") }}
        mayChange={viewer.role === "admin"}
      />
    </>
  );
}
