"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Command } from "cmdk";
import { CalendarDays } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { PERIODS } from "#app/_period/period.ts";
import type { Role } from "#lib/access/viewer.ts";
import { navFor } from "./nav-items.ts";

const ITEM =
  "flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 data-[selected=true]:bg-hover";
const GROUP =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs";

/** Goes to a page, or to the overview of a period, by typing a part of its name. */
export function CommandDialog({
  role,
  open,
  onOpenChange,
}: {
  readonly role: Role;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("Command");
  const nav = useTranslations("Nav");
  const period = useTranslations("Period");
  const router = useRouter();
  const go = (href: string) => {
    onOpenChange(false);
    router.push(href);
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="-translate-x-1/2 fixed top-[15vh] left-1/2 z-50 w-[min(34rem,calc(100vw-2rem))] overflow-hidden rounded-lg border border-line bg-raised shadow-black/20 shadow-xl">
          <Dialog.Title className="sr-only">{t("open")}</Dialog.Title>
          <Command label={t("open")}>
            <Command.Input
              autoFocus
              placeholder={t("placeholder")}
              className="h-11 w-full border-line border-b bg-transparent px-4 text-base outline-none placeholder:text-faint"
            />
            <Command.List className="max-h-80 overflow-y-auto p-1.5">
              <Command.Empty className="px-2 py-6 text-center text-muted">
                {t("none")}
              </Command.Empty>
              <Command.Group heading={nav("label")} className={GROUP}>
                {navFor(role)
                  .flatMap((group) => group.items)
                  .map(({ name, href, icon: Icon }) => (
                    <Command.Item key={href} onSelect={() => go(href)} className={ITEM}>
                      <Icon className="size-4 text-muted" aria-hidden />
                      {nav(name)}
                    </Command.Item>
                  ))}
              </Command.Group>
              <Command.Group heading={period("label")} className={GROUP}>
                {PERIODS.filter((name) => name !== "custom").map((name) => (
                  <Command.Item key={name} onSelect={() => go(`/?period=${name}`)} className={ITEM}>
                    <CalendarDays className="size-4 text-muted" aria-hidden />
                    {period(`names.${name}`)}
                  </Command.Item>
                ))}
              </Command.Group>
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
