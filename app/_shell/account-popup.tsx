"use client";

import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import type { PopupProps } from "#app/_components/popup/popup.tsx";
import { LOCALES } from "#app/_i18n/locale.ts";
import { chooseLocaleAction, chooseThemeAction, signOutAction } from "#app/_server/preferences.ts";
import { THEMES } from "#app/_server/theme-names.ts";
import { useOpener } from "./opener.ts";
import { forgetPlaces } from "./recent-places.ts";

const POPUP =
  "z-50 min-w-52 rounded-lg border border-line bg-raised p-1 shadow-lg shadow-black/10 outline-none";
const ITEM =
  "flex h-8 cursor-pointer items-center gap-2 rounded-md px-2 outline-none data-[highlighted]:bg-hover";

/** How the pages look and speak, one's own page, and the way out. */
export function AccountPopup({ button, theme }: PopupProps & { readonly theme: string }) {
  const t = useTranslations("Account");
  const locale = useLocale();
  const [, startTransition] = useTransition();
  const openSheet = useOpener();
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger render={button} />
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="z-50">
          <Menu.Popup className={POPUP}>
            <Choice
              label={t("theme")}
              value={theme}
              options={THEMES.map((name) => ({ value: name, label: t(`themes.${name}`) }))}
              onChange={(value) => startTransition(() => chooseThemeAction(value))}
            />
            <Menu.Separator className="my-1 h-px bg-line" />
            <Choice
              label={t("language")}
              value={locale}
              options={LOCALES.map((name) => ({ value: name, label: t(`languages.${name}`) }))}
              onChange={(value) => startTransition(() => chooseLocaleAction(value))}
            />
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.LinkItem className={ITEM} render={<Link href="/account" />}>
              <span className="size-4" />
              {t("own")}
            </Menu.LinkItem>
            <Menu.Item className={ITEM} onClick={() => openSheet("shortcuts")}>
              <span className="size-4" />
              {t("shortcuts")}
            </Menu.Item>
            <Menu.Item
              className={ITEM}
              onClick={() => {
                forgetPlaces();
                startTransition(() => signOutAction());
              }}
            >
              <span className="size-4" />
              {t("signOut")}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className="px-2 py-1 text-faint text-xs">{label}</Menu.GroupLabel>
      <Menu.RadioGroup value={value} onValueChange={(next: string) => onChange(next)}>
        {options.map((option) => (
          <Menu.RadioItem key={option.value} value={option.value} closeOnClick className={ITEM}>
            <span className="size-4">
              <Menu.RadioItemIndicator>
                <Check className="size-4" aria-hidden />
              </Menu.RadioItemIndicator>
            </span>
            {option.label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}
