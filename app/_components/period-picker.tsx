"use client";

import { CalendarDays, Check, ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { PERIODS, type PeriodName } from "#app/_period/period.ts";
import { useAddress } from "#app/_query/use-address.ts";
import { Button, buttonClass } from "./button.tsx";
import { CONTROL_CLASS } from "./field.tsx";
import { Popover } from "./popup/popover.tsx";

/**
 * Chooses the period of the page. The choice lives in the URL, so a link shows
 * the same; while the new figures are on their way the old ones stay, dimmed.
 */
export function PeriodPicker({
  name,
  days,
  firstDay,
  lastDay,
  isCompared,
}: {
  readonly name: PeriodName;
  /** The days in words. */
  readonly days: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Whether the period before stands beside it, on pages that can compare. */
  readonly isCompared?: boolean | undefined;
}) {
  const t = useTranslations("Period");
  const [pending, change] = useAddress();
  const choose = (period: PeriodName, from: string | null = null, to: string | null = null) =>
    change({ period: period === "mtd" ? null : period, from, to });
  return (
    <Popover
      title={t("label")}
      className="w-64 p-1"
      button={
        <button type="button" className={buttonClass()} data-pending={pending || undefined}>
          <CalendarDays className="size-4 text-muted" aria-hidden />
          {t(`names.${name}`)}
          <span className="hidden font-normal text-muted sm:inline">{days}</span>
          <ChevronDown className="size-3.5 text-faint" aria-hidden />
        </button>
      }
    >
      {(close) => (
        <>
          <ul>
            {PERIODS.filter((preset) => preset !== "custom").map((preset) => (
              <li key={preset}>
                <button
                  type="button"
                  aria-pressed={preset === name}
                  onClick={() => {
                    close();
                    choose(preset);
                  }}
                  className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover"
                >
                  <Check className={`size-4 ${preset === name ? "" : "invisible"}`} aria-hidden />
                  {t(`names.${preset}`)}
                </button>
              </li>
            ))}
          </ul>
          <CustomDays
            firstDay={firstDay}
            lastDay={lastDay}
            onChoose={(from, to) => {
              close();
              choose("custom", from, to);
            }}
          />
          {isCompared !== undefined && (
            <label className="flex items-center gap-2 border-line border-t px-2 pt-2.5 pb-2">
              <input
                type="checkbox"
                checked={isCompared}
                onChange={() => {
                  close();
                  change({ compare: isCompared ? null : "1" });
                }}
                className="size-4 accent-(--action)"
              />
              {t("compare")}
            </label>
          )}
        </>
      )}
    </Popover>
  );
}

function CustomDays({
  firstDay,
  lastDay,
  onChoose,
}: {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly onChoose: (from: string, to: string) => void;
}) {
  const t = useTranslations("Period");
  return (
    <form
      className="mt-1 flex flex-col gap-2 border-line border-t px-2 py-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        onChoose(String(form.get("from")), String(form.get("to")));
      }}
    >
      <div className="grid grid-cols-2 gap-2">
        <label className="flex flex-col gap-1 text-muted text-xs">
          {t("first")}
          <input
            name="from"
            type="date"
            required
            defaultValue={firstDay}
            className={CONTROL_CLASS}
          />
        </label>
        <label className="flex flex-col gap-1 text-muted text-xs">
          {t("last")}
          <input name="to" type="date" required defaultValue={lastDay} className={CONTROL_CLASS} />
        </label>
      </div>
      <Button type="submit">{t("apply")}</Button>
    </form>
  );
}
