"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Switch } from "@base-ui/react/switch";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Role } from "#lib/access/viewer.ts";
import { keyedItems } from "./nav-items.ts";
import { areSingleKeysOn, setSingleKeys } from "./single-keys.ts";

/** Every key that does something, and the switch that turns the single ones off. */
export function ShortcutsDialog({
  role,
  open,
  onOpenChange,
}: {
  readonly role: Role;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("Shortcuts");
  const nav = useTranslations("Nav");
  const everywhere: readonly (readonly [string, readonly string[]])[] = [
    [t("command"), [t("commandKeys")]],
    [t("search"), ["/"]],
    [t("sidebar"), ["["]],
    [t("sheet"), ["?"]],
    [t("close"), ["Esc"]],
  ];
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="-translate-x-1/2 fixed top-[10vh] left-1/2 z-50 max-h-[80vh] w-[min(40rem,calc(100vw-2rem))] overflow-y-auto rounded-lg border border-line bg-raised shadow-black/20 shadow-xl outline-none">
          <div className="flex items-center justify-between border-line border-b py-2 pr-2 pl-4">
            <Dialog.Title className="font-semibold">{t("title")}</Dialog.Title>
            <Dialog.Close
              aria-label={t("close")}
              className="grid size-8 place-items-center rounded-md text-muted hover:bg-hover"
            >
              <X className="size-4" aria-hidden />
            </Dialog.Close>
          </div>
          <div className="grid gap-x-10 gap-y-5 px-4 py-4 sm:grid-cols-2">
            <Keys title={t("everywhere")} rows={everywhere} />
            <Keys
              title={t("goTo")}
              rows={keyedItems(role).map(({ name, key = "" }) => [nav(name), ["g", key]] as const)}
            />
          </div>
          <SingleKeys />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Keys({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly (readonly [string, readonly string[]])[];
}) {
  return (
    <section>
      <h3 className="pb-1 font-medium text-faint text-xs">{title}</h3>
      <dl>
        {rows.map(([what, keys]) => (
          <div key={what} className="flex h-8 items-center justify-between gap-3">
            <dt>{what}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="grid h-5.5 min-w-5.5 place-items-center whitespace-nowrap rounded-sm border border-line-strong bg-sunken px-1.5 font-sans text-muted text-xs"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function SingleKeys() {
  const t = useTranslations("Shortcuts");
  const [on, setOn] = useState(areSingleKeysOn);
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch within is the control
    <label className="flex items-center justify-between gap-4 border-line border-t px-4 py-3">
      <span>
        <span className="block font-medium">{t("single")}</span>
        <span className="block text-muted text-xs">{t("singleHint")}</span>
      </span>
      <Switch.Root
        checked={on}
        onCheckedChange={(next) => {
          setOn(next);
          setSingleKeys(next);
        }}
        className="flex h-5 w-9 shrink-0 rounded-full border border-control bg-sunken p-px data-[checked]:border-action data-[checked]:bg-action"
      >
        <Switch.Thumb className="size-4 rounded-full bg-control transition-transform data-[checked]:translate-x-4 data-[checked]:bg-on-action" />
      </Switch.Root>
    </label>
  );
}
