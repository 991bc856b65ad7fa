"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

const LEAST_MS = 1000;
const POLL_MS = 10_000;

/**
 * Renders the page anew when something came in or an anomaly was told, at most
 * once a second and only while somebody looks. Without the event stream it asks
 * every ten seconds, and says so.
 */
export function LiveRefresh() {
  const t = useTranslations("Live");
  const router = useRouter();
  const [live, setLive] = useState(false);

  useEffect(() => {
    const refresh = atMostEvery(LEAST_MS, () => {
      if (document.visibilityState === "visible") router.refresh();
    });
    const source = new EventSource("/api/v1/stream");
    source.addEventListener("open", () => setLive(true));
    source.addEventListener("error", () => setLive(false));
    source.addEventListener("usage", refresh);
    source.addEventListener("anomaly", refresh);
    const poll = setInterval(() => {
      if (source.readyState !== EventSource.OPEN) refresh();
    }, POLL_MS);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      source.close();
      clearInterval(poll);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router]);

  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span className={`size-1.5 rounded-full ${live ? "bg-good" : "bg-faint"}`} aria-hidden />
      {t(live ? "live" : "polling")}
    </span>
  );
}

/** Calls at once, then at most once per `ms`; the last of a burst is never lost. */
function atMostEvery(ms: number, call: () => void): () => void {
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    if (timer !== undefined) return;
    const wait = Math.max(0, last + ms - Date.now());
    timer = setTimeout(() => {
      timer = undefined;
      last = Date.now();
      call();
    }, wait);
  };
}
