"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Notice } from "#app/_components/notice.tsx";
import type { ZoneChange } from "#lib/organization/settings.ts";

const LOOK_MS = 2_000;

/** How far a change of the time zone is; the page looks again until it is done. */
export function ZoneProgress({ change }: { readonly change: ZoneChange }) {
  const t = useTranslations("Settings");
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), LOOK_MS);
    return () => clearInterval(timer);
  }, [router]);
  const { timeZone, requestedBy, startedAt, daysDone, days } = change;
  return (
    <Notice title={t("changing", { zone: timeZone, by: requestedBy })}>
      <div role="status" className="flex flex-col gap-2">
        <p>
          {startedAt === null || days === 0
            ? t("waiting")
            : t("progress", { done: daysDone, days })}
        </p>
        <progress className="w-full max-w-md" value={daysDone} max={Math.max(days, 1)}>
          {daysDone}
        </progress>
        <p>{t("changingNote")}</p>
      </div>
    </Notice>
  );
}
