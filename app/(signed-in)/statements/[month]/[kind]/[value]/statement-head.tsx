import { useLocale, useTranslations } from "next-intl";
import { formatMonth } from "#app/_statements/format-month.ts";
import type { Statement } from "#lib/close/read-statement.ts";

/** Whose month it is, and whether it still changes. */
export function StatementHead({
  statement,
  organization,
}: {
  readonly statement: Statement;
  readonly organization: string;
}) {
  const t = useTranslations("Statements");
  const locale = useLocale();
  const { of, name, costCenter, month, closing } = statement;
  const isTeam = of.kind === "team";
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-3 px-6 pt-6 pb-5">
      <div className="min-w-0">
        <p className="text-muted">{organization}</p>
        <h1 className="font-semibold text-2xl">{name || of.value}</h1>
        <p className="text-muted">
          {isTeam && costCenter !== null && t("costCenter", { code: costCenter })}
          {!isTeam && name !== "" && t("costCenter", { code: of.value })}
        </p>
      </div>
      <div className="ml-auto text-right">
        <p className="text-muted">{t("statement")}</p>
        <p className="font-semibold text-xl">{formatMonth(month.name, locale)}</p>
        <p
          className={`mt-1 inline-flex rounded-md px-2 py-0.5 font-medium text-xs ${closing === null ? "bg-warn-soft text-warn" : "bg-accent-soft text-accent"}`}
        >
          {t(closing === null ? "states.open" : "states.closed")}
        </p>
      </div>
    </header>
  );
}
