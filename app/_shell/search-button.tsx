"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useOpener } from "./opener.ts";

/** Opens the command menu. */
export function SearchButton({ isIcon = false }: { readonly isIcon?: boolean }) {
  const t = useTranslations("Command");
  const open = useOpener();
  if (isIcon) {
    return (
      <button
        type="button"
        onClick={() => open("command")}
        aria-label={t("open")}
        title={`${t("open")} ${t("keys")}`}
        className="grid size-8 place-items-center rounded-md text-muted hover:bg-hover hover:text-text max-md:size-9"
      >
        <Search className="size-4" aria-hidden />
      </button>
    );
  }
  return (
    <button
      type="button"
      onClick={() => open("command")}
      className="flex h-8 w-full shrink-0 items-center gap-2 rounded-md border border-line bg-surface px-2 text-muted hover:bg-hover"
    >
      <Search className="size-3.5" aria-hidden />
      {t("open")}
      <kbd className="ml-auto font-sans text-faint text-xs">{t("keys")}</kbd>
    </button>
  );
}
