"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Role } from "#lib/access/viewer.ts";
import { keyedItems } from "./nav-items.ts";
import { Opener, type Sheet } from "./opener.ts";
import { useRecordPlace } from "./recent-places.ts";
import { useSingleKeys } from "./single-keys.ts";

/** Both are fetched when they are first asked for. */
const CommandDialog = dynamic(
  () => import("./command-dialog.tsx").then((file) => file.CommandDialog),
  { ssr: false },
);
const ShortcutsDialog = dynamic(
  () => import("./shortcuts-dialog.tsx").then((file) => file.ShortcutsDialog),
  { ssr: false },
);

/** How long "g" waits for the key that says where to. */
const GO_MS = 1_500;

/** Hears the keys that work on every page, and holds what they open. */
export function ShellKeys({
  viewerId,
  role,
  exploreHref,
  children,
}: {
  /** Whose recent places they are. */
  readonly viewerId: string;
  readonly role: Role;
  readonly exploreHref: string;
  readonly children: ReactNode;
}) {
  const router = useRouter();
  const [open, setOpen] = useState<Sheet | null>(null);
  const [wanted, setWanted] = useState<ReadonlySet<Sheet>>(new Set());
  const goUntil = useRef(0);
  const opener = useRef<HTMLElement | null>(null);
  useRecordPlace(viewerId);

  const show = (sheet: Sheet) => {
    opener.current = focused() ?? opener.current;
    setWanted((before) => new Set([...before, sheet]));
    setOpen(sheet);
  };

  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      opener.current = focused() ?? opener.current;
      setWanted((before) => new Set([...before, "command"]));
      setOpen((now) => (now === "command" ? null : "command"));
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, []);

  useSingleKeys((key) => {
    const isGoing = performance.now() < goUntil.current;
    goUntil.current = 0;
    if (isGoing) {
      const item = keyedItems(role).find((each) => each.key === key);
      if (item === undefined) return false;
      router.push(item.name === "explore" ? exploreHref : item.href);
      return true;
    }
    if (key === "g") goUntil.current = performance.now() + GO_MS;
    if (key === "?") show("shortcuts");
    if (key === "/") search(() => show("command"));
    return ["g", "?", "/"].includes(key);
  });

  const change = (sheet: Sheet) => (isOpen: boolean) => setOpen(isOpen ? sheet : null);
  return (
    <Opener value={show}>
      {children}
      {wanted.has("command") && (
        <CommandDialog
          viewerId={viewerId}
          role={role}
          exploreHref={exploreHref}
          open={open === "command"}
          onOpenChange={change("command")}
          opener={opener}
        />
      )}
      {wanted.has("shortcuts") && (
        <ShortcutsDialog
          role={role}
          open={open === "shortcuts"}
          onOpenChange={change("shortcuts")}
        />
      )}
    </Opener>
  );
}

/** What has the focus on the page, not in a dialog above it. */
function focused(): HTMLElement | null {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement)) return null;
  return activeElement.closest("[role=dialog]") === null ? activeElement : null;
}

/** Into the page's own search field, where it has one. */
function search(otherwise: () => void): void {
  const field = document.querySelector<HTMLInputElement>("#main input[type=search]");
  if (field === null) otherwise();
  else field.focus();
}
