"use client";

import { Menu } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy } from "react";
import { Popup } from "#app/_components/popup/popup.tsx";
import type { Role } from "#lib/access/viewer.ts";

const load = () => import("./mobile-drawer.tsx");
const MobileDrawer = lazy(() => load().then((file) => ({ default: file.MobileDrawer })));

/** The way to every page, for narrow windows. */
export function MobileNav({
  role,
  exploreHref,
}: {
  readonly role: Role;
  readonly exploreHref: string;
}) {
  const t = useTranslations("Nav");
  const button = (
    <button
      type="button"
      className="grid size-9 place-items-center rounded-md text-muted hover:bg-hover"
      aria-label={t("open")}
    >
      <Menu className="size-4.5" aria-hidden />
    </button>
  );
  return (
    <Popup kind="dialog" load={load} button={button}>
      <MobileDrawer button={button} role={role} exploreHref={exploreHref} />
    </Popup>
  );
}
