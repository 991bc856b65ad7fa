"use client";

import { Popover } from "@base-ui/react/popover";
import { Check, ChevronDown, CircleDollarSign } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAddress } from "#app/_query/use-address.ts";
import { COST_BASES, type CostBasis } from "#lib/reports/usage-query.ts";
import { buttonClass } from "./button.tsx";

/**
 * Says which of FOCUS's four costs the page shows, and changes it. The choice
 * lives in the URL, as the API spells it.
 */
export function CostPicker({ basis }: { readonly basis: CostBasis }) {
  const t = useTranslations("Costs");
  const [open, setOpen] = useState(false);
  const [pending, change] = useAddress();
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={buttonClass()} data-pending={pending || undefined}>
        <CircleDollarSign className="size-4 text-muted" aria-hidden />
        {t(`names.${basis}`)}
        <ChevronDown className="size-3.5 text-faint" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={6} collisionPadding={12} className="z-40">
          <Popover.Popup className="w-76 rounded-lg border border-line bg-raised p-1 shadow-black/10 shadow-lg outline-none">
            <Popover.Title className="sr-only">{t("choose")}</Popover.Title>
            <ul>
              {COST_BASES.map((name) => (
                <li key={name}>
                  <button
                    type="button"
                    aria-pressed={name === basis}
                    onClick={() => {
                      setOpen(false);
                      change({ cost: name === "effective" ? null : name });
                    }}
                    className="grid w-full grid-cols-[1rem_minmax(0,1fr)] gap-x-2 rounded-md px-2 py-1.5 text-left hover:bg-hover"
                  >
                    <Check
                      className={`mt-0.5 size-4 ${name === basis ? "" : "invisible"}`}
                      aria-hidden
                    />
                    <span className="font-medium">{t(`names.${name}`)}</span>
                    <span className="col-start-2 text-muted text-xs">{t(`hints.${name}`)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
