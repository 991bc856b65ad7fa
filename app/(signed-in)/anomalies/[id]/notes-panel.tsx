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
        {notes.map(({ at, by, what, text }) => (
          <li key={`${at.getTime()} ${what} ${text}`} className="flex flex-wrap gap-x-3">
            <span className="figures text-muted">{formatMoment(at, locale, timeZone)}</span>
            <span>
              {t(`notes.${what}`)}
              {text !== null && `: ${wordsOf(what, text, t)}`}
            </span>
            <span className="text-muted">{by}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

type Words = ReturnType<typeof useTranslations<"Anomalies">>;
const REASONS = ["back_in_range", "new_level", "corrected"] as const;

/** What people wrote stands as it is; what the product notes is put into words. */
function wordsOf(what: string, text: string, t: Words): string {
  const reason = REASONS.find((one) => what === "resolved" && one === text);
  if (reason !== undefined) return t(`endedBecause.${reason}`);
  if (what !== "feedback") return text;
  return t.has(`feedbacks.${text}`) ? t(`feedbacks.${text}`) : text;
}
