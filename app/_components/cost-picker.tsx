"use client";

import { Check, ChevronDown, CircleDollarSign } from "lucide-react";
import { useTranslations } from "next-intl";
import { useAddress } from "#app/_query/use-address.ts";
import { COST_BASES, type CostBasis } from "#lib/reports/usage-query.ts";
import { buttonClass } from "./button.tsx";
import { Popover } from "./popup/popover.tsx";

/**
 * Says which of FOCUS's four costs the page shows, and changes it. The choice
 * lives in the URL, as the API spells it.
 */
export function CostPicker({ basis }: { readonly basis: CostBasis }) {
  const t = useTranslations("Costs");
  const [pending, change] = useAddress();
  return (
    <Popover
      title={t("choose")}
      className="w-76 p-1"
      button={
        <button type="button" className={buttonClass()} data-pending={pending || undefined}>
          <CircleDollarSign className="size-4 text-muted" aria-hidden />
          {t(`names.${basis}`)}
          <ChevronDown className="size-3.5 text-faint" aria-hidden />
        </button>
      }
    >
      {(close) => (
        <ul>
          {COST_BASES.map((name) => (
            <li key={name}>
              <button
                type="button"
                aria-pressed={name === basis}
                onClick={() => {
                  close();
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
      )}
    </Popover>
  );
}
