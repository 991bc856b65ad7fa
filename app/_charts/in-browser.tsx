"use client";

import { type ReactNode, useSyncExternalStore } from "react";

/**
 * Shows something else in the server's answer. A chart that the server renders in
 * this way is asked for by the page itself, and not only by the page's scripts.
 */
export function InBrowser({
  fallback,
  children,
}: {
  readonly fallback: ReactNode;
  readonly children: () => ReactNode;
}) {
  const isInBrowser = useSyncExternalStore(hearNothing, isTrue, isFalse);
  return isInBrowser ? children() : fallback;
}

const hearNothing = () => () => {};
const isTrue = () => true;
const isFalse = () => false;
