"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Role } from "#lib/access/viewer.ts";

/** The menu itself is fetched when it is first asked for. */
const CommandDialog = dynamic(
  () => import("./command-dialog.tsx").then((file) => file.CommandDialog),
  { ssr: false },
);

/** Opens the command menu by button or by Ctrl/⌘ K. */
export function CommandMenu({ role }: { readonly role: Role }) {
  const t = useTranslations("Command");
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setWanted(true);
      setOpen((now) => !now);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <>
      <button
        type="button"
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
        className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-surface px-2 text-muted hover:bg-hover"
      >
        <Search className="size-3.5" aria-hidden />
        {t("open")}
        <kbd className="ml-auto font-sans text-faint text-xs">{t("keys")}</kbd>
      </button>
      {wanted && <CommandDialog role={role} open={open} onOpenChange={setOpen} />}
    </>
  );
}
