"use client";

import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy } from "react";
import { Popup } from "#app/_components/popup/popup.tsx";

const load = () => import("./account-popup.tsx");
const AccountPopup = lazy(() => load().then((file) => ({ default: file.AccountPopup })));

/** Who is signed in, how the pages look and speak, and the way out. */
export function AccountMenu({
  label,
  role,
  theme,
}: {
  readonly label: string;
  readonly role: string;
  readonly theme: string;
}) {
  const t = useTranslations("Account");
  const button = (
    <button
      type="button"
      className="flex w-full shrink-0 items-center gap-2 rounded-md p-1.5 text-left hover:bg-hover max-md:size-9 max-md:justify-center group-data-[narrow]/sidebar:justify-center group-data-[narrow]/sidebar:px-0"
    >
      <span
        className="grid size-6 shrink-0 place-items-center rounded-full bg-line-strong font-medium text-text text-xs"
        aria-hidden
      >
        {[...label][0]?.toUpperCase()}
      </span>
      <span className="min-w-0 flex-1 max-md:sr-only group-data-[narrow]/sidebar:sr-only">
        <span className="block truncate font-medium">{label}</span>
        <span className="block text-muted text-xs">{t(`roles.${role}`)}</span>
      </span>
      <ChevronsUpDown
        className="size-4 shrink-0 text-faint max-md:hidden group-data-[narrow]/sidebar:hidden"
        aria-hidden
      />
    </button>
  );
  return (
    <Popup kind="menu" load={load} button={button}>
      <AccountPopup button={button} theme={theme} />
    </Popup>
  );
}
