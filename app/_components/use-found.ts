"use client";

import { useEffect, useState } from "react";

/** Typing faster than this asks once. */
const REST_MS = 120;
const MOST_CHARACTERS = 100;

/**
 * What an address of our own finds by a text; the old answer stays until the
 * new one is there.
 *
 * @param isAsked Nothing is asked for before.
 */
export function useFound<Found>(path: string, text: string, isAsked: boolean): readonly Found[] {
  const [found, setFound] = useState<readonly Found[]>([]);
  useEffect(() => {
    if (!isAsked) return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      const query = new URLSearchParams({ q: text.slice(0, MOST_CHARACTERS) });
      fetch(`${path}?${query}`, { signal: asking.signal })
        .then(async (response) => {
          if (response.ok) setFound(await response.json());
        })
        // Suggestions are a help; what asks works without them.
        .catch(() => {});
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [path, text, isAsked]);
  return found;
}
