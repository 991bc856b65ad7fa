"use client";

import { useEffect } from "react";

const EVERY_MS = 20 * 60_000;

/**
 * Extends the session while somebody looks at a page. Pages cannot do it when
 * they render, because they cannot set a cookie then.
 */
export function SessionKeeper() {
  useEffect(() => {
    const keep = () => {
      if (document.visibilityState === "visible") {
        // Failing is harmless: the next page load finds out whether we are still signed in.
        fetch("/api/auth/get-session", { cache: "no-store" }).catch(() => {});
      }
    };
    keep();
    const timer = setInterval(keep, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return null;
}
