import { getLocale, getTranslations } from "next-intl/server";
import { currentOrganization } from "#app/_server/organization.ts";
import type { Team } from "#lib/organization/teams.ts";

/** In use, archived, or merged into another from a date on. */
export async function TeamState({
  team: { archivedAt, merged },
}: {
  readonly team: Pick<Team, "archivedAt" | "merged">;
}) {
  const [t, locale, { timeZone }] = await Promise.all([
    getTranslations("Teams"),
    getLocale(),
    currentOrganization(),
  ]);
  if (archivedAt === null) return t("active");
  const day = (at: Date) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone }).format(at);
  return (
    <span className="text-muted">
      {merged === null
        ? t("archivedSince", { date: day(archivedAt) })
        : t("mergedSince", { into: merged.into, date: day(merged.from) })}
    </span>
  );
}
