"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect } from "react";

/** A page that somebody looked at, under the title that it had. */
export type RecentPlace = { readonly href: string; readonly title: string };

const PREFIX = "outlay.recent.";
const MOST = 6;
/** A page that was only passed through is not remembered. */
const STAY_MS = 1_200;

/** The pages looked at last, the latest first; kept in this browser only, for this viewer only. */
export function recentPlaces(viewerId: string): readonly RecentPlace[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(PREFIX + viewerId) ?? "[]");
    return Array.isArray(found) ? found.filter(isPlace).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Whoever signs out leaves no titles behind. */
export function forgetPlaces(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
}

/** Remembers the page that is shown. */
export function useRecordPlace(viewerId: string): void {
  const path = usePathname();
  const search = useSearchParams().toString();
  useEffect(() => {
    const href = search === "" ? path : `${path}?${search}`;
    const timer = setTimeout(() => {
      const title = document.title.replace(/ · Outlay$/, "");
      const others = recentPlaces(viewerId).filter((place) => place.title !== title);
      const places = [{ href, title }, ...others].slice(0, MOST);
      try {
        localStorage.setItem(PREFIX + viewerId, JSON.stringify(places));
      } catch {
        // A browser that keeps nothing has no recent places.
      }
    }, STAY_MS);
    return () => clearTimeout(timer);
  }, [viewerId, path, search]);
}

/** Only ways within the product: what is in the browser's store is not ours alone. */
function isPlace(value: unknown): value is RecentPlace {
  const { href, title } = (value ?? {}) as Partial<Record<keyof RecentPlace, unknown>>;
  return typeof href === "string" && /^\/(?!\/)/.test(href) && typeof title === "string";
}
