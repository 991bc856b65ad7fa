"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { createSerializer, parseAsString } from "nuqs";
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

function changed(
  path: string,
  current: URLSearchParams,
  params: Readonly<Record<string, string | null>>,
): string {
  const named = Object.keys(params).map((name) => [name, parseAsString]);
  return path + createSerializer(Object.fromEntries(named))(current, params);
}
