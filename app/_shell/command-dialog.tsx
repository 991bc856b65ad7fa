"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { useFound } from "#app/_components/use-found.ts";
import type { Role } from "#lib/access/viewer.ts";
import type { Place } from "#lib/search/find-places.ts";
import { ActionItems, FoundItems, PageItems, PeriodItems, RecentItems } from "./command-groups.tsx";
import { navFor, settingsFor } from "./nav-items.ts";

/** Goes to a page, a team, an agent, a model or a view, or begins something, by typing a part of its name. */
export function CommandDialog({
  viewerId,
  role,
  exploreHref,
  open,
  onOpenChange,
  opener,
}: {
  readonly viewerId: string;
  readonly role: Role;
  readonly exploreHref: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Gets the focus back. */
  readonly opener: RefObject<HTMLElement | null>;
}) {
  const t = useTranslations("Command");
  const nav = useTranslations("Nav");
  const router = useRouter();
  const [text, setText] = useState("");
  const places = useFound<Place>("/places", text, open);
  const change = (isOpen: boolean) => {
    if (!isOpen) setText("");
    onOpenChange(isOpen);
  };
  const run = (work: () => void) => () => {
    change(false);
    work();
  };
  const go = (href: string) => run(() => router.push(href === "/explore" ? exploreHref : href));
  return (
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup
          finalFocus={opener}
          className="-translate-x-1/2 fixed top-[12vh] left-1/2 z-50 w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-lg border border-line bg-raised shadow-black/20 shadow-xl"
        >
          <Dialog.Title className="sr-only">{t("open")}</Dialog.Title>
          <Command label={t("open")} filter={match} loop>
            <Command.Input
              autoFocus
              value={text}
              onValueChange={setText}
              placeholder={t("placeholder")}
              className="h-11 w-full border-line border-b bg-transparent px-4 text-base outline-none placeholder:text-faint"
            />
            <Command.List className="max-h-[min(26rem,60vh)] overflow-y-auto p-1.5">
              <Command.Empty className="px-2 py-6 text-center text-muted">
                {t("none")}
              </Command.Empty>
              {open && text === "" && <RecentItems viewerId={viewerId} go={go} />}
              <PageItems heading={nav("label")} groups={navFor(role)} go={go} />
              <FoundItems places={places} go={go} />
              <ActionItems role={role} run={run} go={go} />
              <PageItems heading={nav("settings")} groups={settingsFor(role)} go={go} />
              <PeriodItems go={go} />
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Every word that is typed has to be in the name; what begins with it comes first. */
function match(value: string, search: string): number {
  const [name, typed] = [value.toLowerCase(), search.trim().toLowerCase()];
  if (name.startsWith(typed)) return 1;
  if (name.includes(` ${typed}`)) return 0.8;
  return typed.split(/\s+/).every((word) => name.includes(word)) ? 0.5 : 0;
}
