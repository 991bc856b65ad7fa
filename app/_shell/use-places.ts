"use client";

import { useEffect, useState } from "react";
import type { Place } from "#lib/search/find-places.ts";

/** Typing faster than this asks once. */
const REST_MS = 120;

/** What the server finds by a part of its name; the old answer stays until the new one is there. */
export function usePlaces(text: string, isOpen: boolean): readonly Place[] {
  const [places, setPlaces] = useState<readonly Place[]>([]);
  useEffect(() => {
    if (!isOpen) return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      fetch(`/places?${new URLSearchParams({ q: text.slice(0, 100) })}`, { signal: asking.signal })
        .then(async (response) => {
          if (response.ok) setPlaces(await response.json());
        })
        // Without an answer the menu still has every page.
        .catch(() => {});
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [text, isOpen]);
  return places;
}
