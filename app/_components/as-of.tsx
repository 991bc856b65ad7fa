import { getLocale, getTranslations } from "next-intl/server";
import { formatClock } from "#app/_format/format-time.ts";
import { requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";

/** When the figures of the page were read, by the clock of the organisation. */
export async function AsOf() {
  const [now, { timeZone }, locale, t] = await Promise.all([
    requestTime(),
    currentOrganization(),
    getLocale(),
    getTranslations("Common"),
  ]);
  return (
    <span className="figures whitespace-nowrap">
      {t("asOf", { time: formatClock(now, locale, timeZone) })}
    </span>
  );
}
