"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";

/**
 * Changes what the page's address says; null takes a parameter out. It is one
 * navigation like that of a link: the last one asked for wins, so a link that is
 * pressed meanwhile is followed.
 *
 * @returns Whether the new page is on its way, and the change.
 */
export function useAddress(): [
  isPending: boolean,
  change: (params: Readonly<Record<string, string | null>>) => void,
] {
  const router = useRouter();
  const path = usePathname();
  const current = useSearchParams();
  const [isPending, startTransition] = useTransition();
  const change = (params: Readonly<Record<string, string | null>>) => {
    const href = changed(path, current, params);
    startTransition(() => router.push(href, { scroll: false }));
  };
  return [isPending, change];
}

/**
 * The same for what only this browser has to know: the server is not asked, and
 * what is on the page stays.
 *
 * @returns What the address says, and the change.
 */
export function useLocalAddress(): [
  params: URLSearchParams,
  change: (params: Readonly<Record<string, string | null>>) => void,
] {
  const path = usePathname();
  const current = useSearchParams();
  const change = (params: Readonly<Record<string, string | null>>) =>
    window.history.pushState(null, "", changed(path, current, params));
  return [current, change];
}

function changed(
  path: string,
  current: URLSearchParams,
  params: Readonly<Record<string, string | null>>,
): string {
  const next = new URLSearchParams(current);
  for (const [name, value] of Object.entries(params)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next.size === 0 ? path : `${path}?${next}`;
}
