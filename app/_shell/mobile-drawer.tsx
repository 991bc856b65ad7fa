"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Brand } from "#app/_components/brand.tsx";
import type { PopupProps } from "#app/_components/popup/popup.tsx";
import type { Role } from "#lib/access/viewer.ts";
import { SidebarNav } from "./sidebar-nav.tsx";

/** The sidebar as a drawer; it closes on the way to a page. */
export function MobileDrawer({
  button,
  role,
  exploreHref,
}: PopupProps & {
  readonly role: Role;
  readonly exploreHref: string;
}) {
  const t = useTranslations("Nav");
  const [open, setOpen] = useState(true);
  const [isOpen, setIsOpen] = useState<Readonly<Record<string, boolean>>>({});
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger render={button} />
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col gap-3 border-line border-r bg-surface p-3 outline-none">
          <div className="flex items-center justify-between pl-2">
            <Dialog.Title>
              <Brand />
            </Dialog.Title>
            <Dialog.Close
              className="grid size-9 place-items-center rounded-md text-muted hover:bg-hover"
              aria-label={t("shut")}
            >
              <X className="size-4" aria-hidden />
            </Dialog.Close>
          </div>
          <SidebarNav
            role={role}
            exploreHref={exploreHref}
            isOpen={isOpen}
            onFold={(name, shown) => setIsOpen({ ...isOpen, [name]: shown })}
            onNavigate={() => setOpen(false)}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
