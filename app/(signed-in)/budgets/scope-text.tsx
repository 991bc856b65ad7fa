import { useLocale, useTranslations } from "next-intl";
import { monthName } from "#app/_format/format-time.ts";
import { type Budget, SCOPE_DIMENSIONS } from "#lib/budgets/budget.ts";

/** What a budget covers, in words. */
export function ScopeText({ budget }: { readonly budget: Pick<Budget, "scope" | "keyName"> }) {
  const t = useTranslations("Budgets");
  const parts = SCOPE_DIMENSIONS.flatMap((dimension) => {
    const value = (dimension === "key" ? budget.keyName : undefined) ?? budget.scope[dimension];
    return value === undefined ? [] : [{ dimension, value }];
  });
  if (parts.length === 0) return <>{t("wholeOrganization")}</>;
  return parts.map(({ dimension, value }, index) => (
    <span key={dimension}>
      {index > 0 && " · "}
      {t(`scope.${dimension}`)} <span className="text-text">{value}</span>
    </span>
  ));
}

/** How long a budget's periods are, in words. */
export function PeriodText({ period, calendar }: Pick<Budget, "period" | "calendar">) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  if (period.unit === "days") return <>{t("everyDays", { count: period.days })}</>;
  const name = t(`periods.${period.unit}`);
  if (calendar.kind === "weeks") return <>{`${name} (${calendar.pattern})`}</>;
  if (calendar.yearStartMonth === 1 || period.unit === "day" || period.unit === "week") {
    return <>{name}</>;
  }
  return <>{`${name} (${t("fiscal", { month: monthName(calendar.yearStartMonth, locale) })})`}</>;
}
