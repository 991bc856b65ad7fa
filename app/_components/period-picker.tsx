"use client";

import { Popover } from "@base-ui/react/popover";
import { CalendarDays, Check, ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useState, useTransition } from "react";
import { PERIODS, type PeriodName } from "#app/_period/period.ts";
import { PERIOD_PARAMS } from "#app/_query/url-params.ts";
import { Button, buttonClass } from "./button.tsx";
import { CONTROL_CLASS } from "./field.tsx";

type Choice = { period: PeriodName; from: string | null; to: string | null };

/**
 * Chooses the period of the page. The choice lives in the URL, so a link shows
 * the same; while the new figures are on their way the old ones stay, dimmed.
 */
export function PeriodPicker({
  name,
  days,
  firstDay,
  lastDay,
}: {
  readonly name: PeriodName;
  /** The days in words. */
  readonly days: string;
  readonly firstDay: string;
  readonly lastDay: string;
}) {
  const t = useTranslations("Period");
  const [open, setOpen] = useState(false);
  const [pending, startTransition] = useTransition();
  const [, setParams] = useQueryStates(PERIOD_PARAMS, {
    shallow: false,
    history: "push",
    scroll: false,
    startTransition,
  });
  const choose = (choice: Choice) => {
    setOpen(false);
    void setParams(choice);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={buttonClass()} data-pending={pending || undefined}>
        <CalendarDays className="size-4 text-muted" aria-hidden />
        {t(`names.${name}`)}
        <span className="hidden font-normal text-muted sm:inline">{days}</span>
        <ChevronDown className="size-3.5 text-faint" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={6} collisionPadding={12} className="z-40">
          <Popover.Popup className="w-64 rounded-lg border border-line bg-raised p-1 shadow-black/10 shadow-lg outline-none">
            <Popover.Title className="sr-only">{t("label")}</Popover.Title>
            <ul>
              {PERIODS.filter((preset) => preset !== "custom").map((preset) => (
                <li key={preset}>
                  <button
                    type="button"
                    aria-pressed={preset === name}
                    onClick={() => choose({ period: preset, from: null, to: null })}
                    className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover"
                  >
                    <Check className={`size-4 ${preset === name ? "" : "invisible"}`} aria-hidden />
                    {t(`names.${preset}`)}
                  </button>
                </li>
              ))}
            </ul>
            <CustomDays firstDay={firstDay} lastDay={lastDay} onChoose={choose} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function CustomDays({
  firstDay,
  lastDay,
  onChoose,
}: {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly onChoose: (choice: Choice) => void;
}) {
  const t = useTranslations("Period");
  return (
    <form
      className="mt-1 flex flex-col gap-2 border-line border-t px-2 py-2.5"
      action={(form) =>
        onChoose({
          period: "custom",
          from: String(form.get("from")),
          to: String(form.get("to")),
        })
      }
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
