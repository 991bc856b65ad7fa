import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import type { Month } from "#lib/close/month.ts";
import { formatMonth } from "./format-month.ts";
import { monthBeside } from "./read-month.ts";

/** One month back or on; there is none after the running one. */
export function MonthPicker({
  month,
  running,
  hrefOf,
}: {
  readonly month: Month;
  readonly running: Month;
  readonly hrefOf: (month: string) => string;
}) {
  const t = useTranslations("Statements");
  const locale = useLocale();
  return (
    <nav aria-label={t("month")} className="flex items-center gap-1 print:hidden">
      <Link
        href={hrefOf(monthBeside(month, -1))}
        className={`${buttonClass()} px-2`}
        aria-label={t("previous")}
      >
        <ChevronLeft className="size-4" aria-hidden />
      </Link>
      <span className="figures min-w-32 text-center font-medium">
        {formatMonth(month.name, locale)}
      </span>
      {month.first < running.first && (
        <Link
          href={hrefOf(monthBeside(month, 1))}
          className={`${buttonClass()} px-2`}
          aria-label={t("next")}
        >
          <ChevronRight className="size-4" aria-hidden />
        </Link>
      )}
    </nav>
  );
}
