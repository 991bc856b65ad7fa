"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { formatDuration } from "#app/_format/format-duration.ts";
import { listen } from "./listen.ts";
import { type Liveness, livenessOf } from "./liveness.ts";

const LEAST_MS = 1000;

/**
 * Renders the page anew when something came in or an anomaly was told, at most
 * once a second and only while somebody looks. Without the event stream it asks
 * every ten seconds, and says so; where nobody answers, how old the figures are.
 */
export function LiveRefresh({
  asOf,
}: {
  /** When the figures were read: another one is an answer of the server. */
  readonly asOf: Date;
}) {
  const t = useTranslations("Live");
  const locale = useLocale();
  const router = useRouter();
  const heardAt = useRef(0);
  const [{ liveness, silentMs }, setState] = useState<State>(FIRST);
  const readAt = asOf.getTime();

  // biome-ignore lint/correctness/useExhaustiveDependencies: figures that were read anew were heard now
  useEffect(() => {
    heardAt.current = Date.now();
  }, [readAt]);
  useEffect(() => {
    const refresh = atMostEvery(LEAST_MS, () => {
      if (document.visibilityState === "visible") router.refresh();
    });
    return listen({
      heardAt: () => heardAt.current,
      onHeard: () => {
        heardAt.current = Date.now();
      },
      onNews: refresh,
      onWatch: (isOpen) => {
        const next = Date.now() - heardAt.current;
        const { onLine: isOnline } = navigator;
        const now = livenessOf({ isOpen, isOnline, silentMs: next });
        // A new figure each few seconds is of use only where it is shown.
        setState((last) =>
          now !== "silent" && now === last.liveness ? last : { liveness: now, silentMs: next },
        );
      },
    });
  }, [router]);

  const isSilent = liveness === "silent";
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap ${isSilent ? "text-warn" : ""}`}
    >
      <span className={`size-1.5 rounded-full ${DOTS[liveness]}`} aria-hidden />
      {isSilent
        ? t("silent", { age: formatDuration(Math.ceil(silentMs / 1000) * 1000, locale) })
        : t(liveness)}
      <span role="status" className="sr-only">
        {isSilent && t("silentSaid")}
      </span>
    </span>
  );
}

type State = { readonly liveness: Liveness; readonly silentMs: number };
const FIRST: State = { liveness: "polling", silentMs: 0 };

const DOTS = { live: "bg-good", polling: "bg-faint", silent: "bg-warn" } as const;

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
