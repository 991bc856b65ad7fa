import { useLocale, useTranslations } from "next-intl";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { AnomalyNote } from "#lib/anomaly-control/list-notes.ts";

/** What happened to an anomaly, and who did it. */
export function NotesPanel({
  notes,
  timeZone,
}: {
  readonly notes: readonly AnomalyNote[];
  readonly timeZone: string;
}) {
  const t = useTranslations("Anomalies");
  const locale = useLocale();
  if (notes.length === 0) return null;
  return (
    <Panel title={t("history")}>
      <ol className="flex flex-col gap-2 p-4">
        {notes.map(({ at, by, what }) => (
          <li key={`${at.getTime()} ${what}`} className="flex flex-wrap gap-x-3">
            <span className="figures text-muted">{formatMoment(at, locale, timeZone)}</span>
            <span>{t(`notes.${what}`)}</span>
            <span className="text-muted">{by}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
