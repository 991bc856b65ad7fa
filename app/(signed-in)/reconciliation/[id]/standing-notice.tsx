import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "#app/_components/notice.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { Reconciliation } from "#lib/reconciliation/reconcile.ts";

/** With which parts an invoice is compared, and whether it still counts. */
export function StandingNotice({
  invoice: { withdrawn },
  parts,
  standing,
  timeZone,
  locale,
}: Pick<Reconciliation, "invoice" | "parts" | "standing"> & {
  readonly timeZone: string;
  readonly locale: string;
}) {
  const t = useTranslations("Reconciliation");
  const counted = parts.filter((part) => part.withdrawn === null);
  return (
    <>
      {withdrawn !== null && (
        <Notice
          title={t("withdraw.by", {
            who: withdrawn.by,
            at: formatMoment(withdrawn.at, locale, timeZone),
          })}
        >
          {withdrawn.note}
        </Notice>
      )}
      {"by" in standing && (
        <Notice title={t(`standing.${standing.state}`)}>
          <Link href={`/reconciliation/${standing.by}`} className="text-accent hover:underline">
            {t("standing.latest")}
          </Link>
        </Notice>
      )}
      {counted.length > 0 && (
        <Notice title={t("standing.together")}>
          <ul>
            {counted.map(({ id, fileName }) => (
              <li key={id}>
                <Link href={`/reconciliation/${id}`} className="text-accent hover:underline">
                  {fileName}
                </Link>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
