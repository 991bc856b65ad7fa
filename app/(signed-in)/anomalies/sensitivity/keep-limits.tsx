"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import type { BackTest } from "#lib/anomaly-control/back-test.ts";
import { keepLimitsAction } from "./actions.ts";

/** Makes the limits that were tried those of the organisation, or goes back to the published ones. */
export function KeepLimits({ limits }: { readonly limits: BackTest["limits"] }) {
  const t = useTranslations("Anomalies");
  const [news, setNews] = useState<{ readonly done?: string; readonly mistake?: string }>({});
  const [busy, start] = useTransition();
  const keep = (chosen: BackTest["limits"] | null) =>
    start(async () => setNews(await keepLimitsAction(chosen)));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button disabled={busy} onClick={() => keep(limits)}>
        {t("keepLimits")}
      </Button>
      <Button variant="ghost" disabled={busy} onClick={() => keep(null)}>
        {t("publishedLimits")}
      </Button>
      <div role="status" className="empty:hidden">
        {news.done !== undefined && <Notice title={news.done} />}
        {news.mistake !== undefined && <Notice tone="danger" title={news.mistake} />}
      </div>
    </div>
  );
}
