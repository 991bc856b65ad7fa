"use client";

import { CircleCheck, LoaderCircle } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Panel } from "#app/_components/panel.tsx";
import type { FirstEvent } from "#lib/reports/first-event.ts";

const POLL_MS = 1500;

/** Asks until the first event of the key is in the ledger, then leads to its receipt. */
export function Waiting({ keyId }: { readonly keyId: string | null }) {
  const t = useTranslations("Connect");
  const found = useFirstEvent(keyId);
  return (
    <Panel title={t("first")}>
      <div role="status" className="flex min-h-16 items-center gap-3 px-4 py-3">
        {found?.eventId != null ? (
          <>
            <CircleCheck className="size-5 shrink-0 text-good" aria-hidden />
            <p>
              <span className="font-medium">{t("arrived")}</span>{" "}
              <Link
                href={`/events/${found.eventId}`}
                className="text-accent underline-offset-2 hover:underline"
              >
                {t("seeReceipt")}
              </Link>
            </p>
          </>
        ) : (
          <>
            <LoaderCircle
              className={`size-5 shrink-0 text-faint ${keyId === null ? "" : "animate-spin"}`}
              aria-hidden
            />
            <p className="text-muted">
              {t(keyId === null ? "createFirst" : found?.keyUsed ? "usedButEmpty" : "waiting")}
            </p>
          </>
        )}
      </div>
    </Panel>
  );
}

function useFirstEvent(keyId: string | null): FirstEvent | null {
  const [found, setFound] = useState<FirstEvent | null>(null);
  const done = found?.eventId != null;
  useEffect(() => {
    if (keyId === null || done) return;
    const ask = async () => {
      const response = await fetch(`/connect/first-event?key=${encodeURIComponent(keyId)}`);
      if (response.ok) setFound((await response.json()) as FirstEvent);
    };
    // A failed question is asked again in a moment.
    const timer = setInterval(() => void ask().catch(() => {}), POLL_MS);
    return () => clearInterval(timer);
  }, [keyId, done]);
  return found;
}
