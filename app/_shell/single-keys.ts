"use client";

import { useEffect, useRef } from "react";

const OFF = "outlay_keys=off";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Whether keys without Ctrl or ⌘ do something: people who speak to their computer turn them off (WCAG 2.1.4). */
export function areSingleKeysOn(): boolean {
  return !document.cookie.split("; ").includes(OFF);
}

export function setSingleKeys(on: boolean): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in all browsers yet
  document.cookie = `outlay_keys=${on ? "on" : "off"}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/**
 * Hears single keys that are pressed outside of fields and dialogs.
 *
 * @param onKey Does what the key stands for; false when it stands for nothing.
 */
export function useSingleKeys(onKey: (key: string) => boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.isComposing || isTyping(event.target) || !areSingleKeysOn()) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest("input, textarea, select, [role=dialog], [role=menu], [role=listbox]") !== null
  );
}
